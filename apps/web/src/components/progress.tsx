import { Progress as Radix } from 'radix-ui'
import { cn } from '../lib/cn.ts'

interface ProgressProps {
  /** What is going on; read out. */
  label: string
  /** 0 to 1. */
  share: number
  tone?: 'accent' | 'ok' | 'bad'
  className?: string
}

const fills = { accent: 'bg-accent', ok: 'bg-ok-solid', bad: 'bg-bad-solid' }

export function Progress({ label, share, tone = 'accent', className }: ProgressProps) {
  const percent = Math.round(Math.min(Math.max(share, 0), 1) * 100)
  return (
    <Radix.Root
      value={percent}
      aria-label={label}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-line', className)}
    >
      <Radix.Indicator
        className={cn('h-full rounded-full transition-[width] duration-(--calm) ease-out', fills[tone])}
        style={{ width: `${percent}%` }}
      />
    </Radix.Root>
  )
}
