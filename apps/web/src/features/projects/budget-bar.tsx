import type { ProjectView } from '@sparkle/shared/projects'
import { useTranslations } from 'use-intl'
import { StatusText, ToneIcon, type Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { burnOf, type Burn } from './budget.ts'

const tones: Record<Burn['state'], Tone> = { none: 'neutral', fine: 'ok', close: 'warn', over: 'bad' }
const fills = { none: 'bg-outline', fine: 'bg-ok-solid', close: 'bg-warn-solid', over: 'bg-bad-solid' }

/** Hours spent as a bar, the expected rest hatched behind it, and a line where the budget ends. */
export function BudgetBar({ project, className }: { project: ProjectView; className?: string }) {
  const t = useTranslations('projects.budget')
  const burn = burnOf(project)
  if (burn.state === 'none' && project.estimatedHours === null) return null
  const { actualHours: spent, budgetHours: budget } = project
  return (
    <div className={className}>
      <p className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1 tabular-nums">
        <span className="inline-flex gap-1.5">
          <span className="font-strong">{t('spent', { spent })}</span>
          <span className="text-muted">{budget === null ? t('none') : t('of', { budget })}</span>
        </span>
        <Verdict burn={burn} budget={budget} />
      </p>
      <BurnTrack burn={burn} label={t('bar', { spent, budget: budget ?? 0 })} className="h-2.5" />
    </div>
  )
}

function Verdict({ burn, budget }: { burn: Burn; budget: number | null }) {
  const t = useTranslations('projects.budget')
  const { expectedHours, leftHours, state } = burn
  if (budget === null || leftHours === null)
    return <span className="text-muted">{t('forecast', { hours: expectedHours ?? 0 })}</span>
  const willExceed = expectedHours !== null && expectedHours > budget
  const words =
    leftHours < 0
      ? t('over', { hours: -leftHours })
      : willExceed
        ? t('forecastOver', { hours: expectedHours, over: expectedHours - budget })
        : t('left', { hours: leftHours })
  return (
    <StatusText tone={tones[state]} icon={<ToneIcon tone={tones[state]} />}>
      {words}
    </StatusText>
  )
}

/** The bar alone, for table cells. */
export function BurnTrack({ burn, label, className }: { burn: Burn; label: string; className?: string }) {
  const width = (share: number) => ({ width: `${Math.round(share * 100)}%` })
  return (
    <span
      role="img"
      aria-label={label}
      className={cn('relative block h-1.5 w-full overflow-hidden rounded-full bg-line', className)}
    >
      {burn.forecast !== null && (
        <span className="absolute inset-y-0 left-0 rounded-full bg-edge opacity-60" style={width(burn.forecast)} />
      )}
      <span className={cn('absolute inset-y-0 left-0 rounded-full', fills[burn.state])} style={width(burn.spent)} />
      {burn.budget !== null && burn.budget < 1 && (
        <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `${Math.round(burn.budget * 100)}%` }} />
      )}
    </span>
  )
}
