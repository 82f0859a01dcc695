import type { AnalyticsView } from '@sparkle/shared/urls'
import { useTranslations } from 'use-intl'
import { useFormats } from '../../../lib/format.ts'

/** Six figures, and how each follows from the one before: looked, played, finished. */
export function Totals({ totals }: Pick<AnalyticsView, 'totals'>) {
  const t = useTranslations('urls.figures')
  const { number, percent } = useFormats()
  const { views, visitors, plays, finishes, playSeconds, bestScore } = totals
  const figures = [
    { label: t('views'), value: number(views) },
    { label: t('visitors'), value: number(visitors) },
    { label: t('plays'), value: number(plays), note: views > 0 && t('perView', { count: number(plays / views, 1) }) },
    {
      label: t('finishes'),
      value: number(finishes),
      note: plays > 0 && t('ofPlays', { share: percent(finishes / plays) }),
    },
    {
      label: t('playTime'),
      value: t('minutes', { minutes: Math.round(playSeconds / 60) }),
      note: views > 0 && t('each', { seconds: Math.round(playSeconds / views) }),
    },
    { label: t('bestScore'), value: bestScore === null ? t('noScore') : number(bestScore) },
  ]
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
      {figures.map(({ label, value, note }) => (
        <div key={label}>
          <dt className="text-small text-muted">{label}</dt>
          <dd className="text-large font-strong tabular-nums">{value}</dd>
          {note && <dd className="text-small text-muted tabular-nums">{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
