import { CircleAlert, CircleCheck, CircleDashed, CircleDot, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '../lib/cn.ts'

/** Every tone has a hue and a shape of its own, so that it can be told apart without colour. */
export const tones = ['neutral', 'info', 'ok', 'warn', 'bad'] as const
export type Tone = (typeof tones)[number]

const shapes: Record<Tone, LucideIcon> = {
  neutral: CircleDashed,
  info: CircleDot,
  ok: CircleCheck,
  warn: TriangleAlert,
  bad: CircleAlert,
}
const pills: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  info: 'bg-info-soft text-info',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}
const words: Record<Tone, string> = {
  neutral: 'text-muted',
  info: 'text-info',
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
}

interface StatusProps {
  tone: Tone
  /** The status in a word or two. */
  children: ReactNode
  /** Instead of the tone's own shape. */
  icon?: ReactNode
  className?: string
}

/** A status as a filled pill: where it is the thing to see. */
export function StatusPill({ tone, children, icon, className }: StatusProps) {
  return (
    <span
      className={cn(
        'inline-flex h-6 items-center gap-1.5 rounded-full px-2 text-small font-strong whitespace-nowrap [&_svg]:size-3.5',
        pills[tone],
        className,
      )}
    >
      {icon ?? <ToneIcon tone={tone} />}
      {children}
    </span>
  )
}

/** A status as shape and word without a ground: in tables and lists. */
export function StatusText({ tone, children, icon, className }: StatusProps) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap [&_svg]:size-4', words[tone], className)}>
      {icon ?? <ToneIcon tone={tone} />}
      {children}
    </span>
  )
}

export function ToneIcon({ tone, className }: { tone: Tone; className?: string }) {
  const Shape = shapes[tone]
  return <Shape aria-hidden="true" className={cn('shrink-0', className)} />
}

/** A neutral tag: a kind, a count, a label. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center rounded-[4px] border border-line px-1.5 text-small whitespace-nowrap text-muted',
        className,
      )}
    >
      {children}
    </span>
  )
}
