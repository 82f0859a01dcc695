import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../lib/cn.ts'
import { TextLimit } from './text-limit.tsx'

export interface InputProps extends ComponentProps<'input'> {
  /** A decorative icon before the text. */
  icon?: ReactNode
  /** A button or unit after the text. */
  trailing?: ReactNode
  /** The longest text that is sent. A longer one is counted and held back, not cut; only a search is cut. */
  maxLength?: number | undefined
}

export function Input({ maxLength, className, ...rest }: InputProps) {
  if (maxLength === undefined || rest.type === 'search')
    return <Control {...rest} maxLength={maxLength} className={className} />
  return (
    <TextLimit
      value={rest.value}
      max={maxLength}
      describedBy={rest['aria-describedby']}
      isRefused={rest['aria-invalid'] === true}
      className={className}
    >
      {(tie) => <Control {...rest} {...tie} />}
    </TextLimit>
  )
}

function Control({ icon, trailing, className, ...rest }: InputProps) {
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
