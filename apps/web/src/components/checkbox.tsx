import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import { useId, type ReactNode, type Ref } from 'react'
import { cn } from '../lib/cn.ts'

interface CheckboxProps {
  checked: boolean | 'indeterminate'
  onCheckedChange: (checked: boolean) => void
  label: ReactNode
  hint?: string
  /** Reads the label out without showing it, for the first column of a table. */
  labelHidden?: boolean
  disabled?: boolean
  name?: string
  onBlur?: () => void
  ref?: Ref<HTMLButtonElement>
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

export function Checkbox({ checked, onCheckedChange, label, hint, labelHidden, ...rest }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <Radix.Root
        {...rest}
        id={id}
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        className={cn(
          'relative mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-[4px] border border-edge bg-surface transition-colors',
          'after:absolute after:-inset-2 after:content-[""] pointer-coarse:after:-inset-3.5 hover:border-muted disabled:bg-sunken aria-invalid:border-bad-solid',
          'data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        )}
      >
        <Radix.Indicator className="text-accent-ink">
          {checked === 'indeterminate' ? (
            <Minus className="size-3" strokeWidth={3} />
          ) : (
            <Check className="size-3" strokeWidth={3} />
          )}
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : undefined}>
        {label}
        {hint && <span className="block text-small text-muted">{hint}</span>}
      </label>
    </div>
  )
}
