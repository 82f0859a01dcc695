import type { ReactNode } from 'react'
import { cn } from '../lib/cn.ts'
import { ToneIcon, type Tone } from './status.tsx'

const grounds: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink',
  info: 'bg-info-soft text-info',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

/** A message that stays in the page, above what it is about. Failures (`bad`) are read out at once. */
export function Notice({
  tone,
  children,
  action,
  className,
}: {
  tone: Tone
  children: ReactNode
  action?: ReactNode
  className?: string
}) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cn('flex items-start gap-2.5 rounded-box px-3 py-2.5', grounds[tone], className)}
    >
      <ToneIcon tone={tone} className="mt-0.5 size-4" />
      <div className="min-w-0 grow">{children}</div>
      {action}
    </div>
  )
}
