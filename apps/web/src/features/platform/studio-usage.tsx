import { planLimits, type PlanLimits } from '@sparkle/shared/organizations'
import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { useTranslations } from 'use-intl'
import { Progress } from '../../components/progress.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { useFormats } from '../../lib/format.ts'

type Measure = keyof PlanLimits | 'liveGames'
const measures: readonly Measure[] = ['members', 'projects', 'liveGames', 'plays', 'storageBytes']

/** What a studio uses of what its plan includes. */
export function StudioUsage({ studio: { plan, usage } }: { studio: PlatformOrganizationView }) {
  const t = useTranslations('platform')
  const { number, size } = useFormats()
  if (!usage) return <p className="text-muted">{t('notCounted')}</p>
  const limits = planLimits[plan]
  const words = (measure: Measure, value: number) => (measure === 'storageBytes' ? size(value) : number(value))
  return (
    <>
      <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-1">
        {measures.map((measure) => {
          const used = usage[measure]
          const most = measure === 'liveGames' ? undefined : limits?.[measure]
          return (
            <div key={measure}>
              <div className="flex items-baseline justify-between gap-3">
                <dt className="text-muted">{t(`usage.${measure}`)}</dt>
                <dd className="tabular-nums">
                  <span className="font-strong">{words(measure, used)}</span>
                  {most !== undefined && (
                    <span className="text-muted"> {t('ofLimit', { limit: words(measure, most) })}</span>
                  )}
                </dd>
              </div>
              {most !== undefined && (
                <Progress
                  label={t(`usage.${measure}`)}
                  share={used / most}
                  tone={used > most ? 'bad' : 'accent'}
                  className="mt-1.5"
                />
              )}
            </div>
          )
        })}
      </dl>
      <p className="mt-4 text-small text-muted">
        {t('counted')} <RelativeTime at={usage.countedAt} />
      </p>
    </>
  )
}
