import type { ComponentProps } from 'react'
import { cn } from '../lib/cn.ts'

/** Grows with its text up to a third of the window. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      {...rest}
      className={cn('control field-sizing-content wrap-anywhere max-h-[33vh] resize-y', className)}
    />
  )
}
