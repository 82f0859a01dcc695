import { Slot } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../lib/cn.ts'
import { Spinner } from './spinner.tsx'

const looks = {
  primary: 'border-transparent bg-accent text-accent-ink hover:bg-accent-hover',
  secondary: 'border-outline bg-surface text-ink hover:bg-hover',
  quiet: 'border-transparent bg-transparent text-ink hover:bg-hover',
  danger: 'border-bad-solid bg-surface text-bad hover:bg-bad-soft',
}
const sizes = {
  small: 'min-h-7 px-2.5 text-small gap-1.5 pointer-coarse:min-h-11',
  medium: 'min-h-9 px-3.5 gap-2 pointer-coarse:min-h-11',
  large: 'min-h-11 px-5 gap-2',
}

export interface ButtonProps extends ComponentProps<'button'> {
  /** One primary button on a page at most: the next step. A double click takes it once. */
  look?: keyof typeof looks
  size?: keyof typeof sizes
  icon?: ReactNode
  /** Shows that it is at work and ignores further presses, but keeps the focus. */
  pending?: boolean
  /** Takes the looks over to the one child, such as a `Link`. */
  asChild?: boolean
}

export function Button({
  look = 'secondary',
  size = 'medium',
  icon,
  pending,
  asChild,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const Tag = asChild ? Slot.Root : 'button'
  const press: typeof onClick = (event) => {
    // An answer may come between both clicks of a double click; `pending` alone would let the second one through.
    if (pending || (look === 'primary' && event.detail > 1)) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Tag
      {...(asChild ? {} : { type: 'button' as const })}
      {...rest}
      aria-disabled={pending || rest['aria-disabled']}
      onClick={press}
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-box border font-strong whitespace-nowrap transition-colors select-none',
        'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-faint aria-disabled:cursor-progress',
        '[&_svg]:size-4 [&_svg]:shrink-0',
        looks[look],
        sizes[size],
        className,
      )}
    >
      {pending ? <Spinner /> : icon}
      <Slot.Slottable>{children}</Slot.Slottable>
    </Tag>
  )
}
