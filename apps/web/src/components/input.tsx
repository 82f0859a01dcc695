import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../lib/cn.ts'

export interface InputProps extends ComponentProps<'input'> {
  /** A decorative icon before the text. */
  icon?: ReactNode
  /** A button or unit after the text. */
  trailing?: ReactNode
}

export function Input({ icon, trailing, className, ...rest }: InputProps) {
  if (!icon && !trailing) return <input {...rest} className={cn('control', className)} />
  return (
    <span className={cn('relative block', className)}>
      {icon && (
        <span className="pointer-events-none absolute inset-y-0 left-3 flex items-center text-faint [&_svg]:size-4">
          {icon}
        </span>
      )}
      <input {...rest} className={cn('control', Boolean(icon) && 'pl-9!', Boolean(trailing) && 'pr-11!')} />
      {trailing && <span className="absolute inset-y-0 right-1 flex items-center">{trailing}</span>}
    </span>
  )
}
