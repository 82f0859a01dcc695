import type { ComponentProps } from 'react'
import { cn } from '../lib/cn.ts'
import { TextLimit } from './text-limit.tsx'

export interface TextareaProps extends ComponentProps<'textarea'> {
  /** The longest text that is sent. A longer one is counted and held back, not cut. */
  maxLength?: number | undefined
}

/** Grows with its text up to a third of the window. */
export function Textarea({ maxLength, ...rest }: TextareaProps) {
  if (maxLength === undefined) return <Control {...rest} />
  return (
    <TextLimit
      value={rest.value}
      max={maxLength}
      describedBy={rest['aria-describedby']}
      isRefused={rest['aria-invalid'] === true}
    >
      {(tie) => <Control {...rest} {...tie} />}
    </TextLimit>
  )
}

function Control({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      {...rest}
      className={cn('control field-sizing-content wrap-anywhere max-h-[33vh] resize-y', className)}
    />
  )
}
