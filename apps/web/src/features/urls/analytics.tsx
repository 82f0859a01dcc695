import type { AnalyticsView } from '@sparkle/shared/urls'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Progress } from '../../components/progress.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { TrendChart } from '../../components/trend-chart.tsx'
import { useFormats } from '../../lib/format.ts'
import { urlQueries } from './api.ts'

const periods = ['day', 'week', 'month', 'quarter'] as const
type Period = (typeof periods)[number]
const days: Record<Period, number> = { day: 2, week: 7, month: 30, quarter: 90 }
const dayMs = 86_400_000

/** How people play the game: totals, course and where they came from, renewed while one looks. Days are UTC. */
export function Analytics({ urlId }: { urlId: string }) {
  const t = useTranslations('urls.figures')
  const [period, setPeriod] = useState<Period>('month')
  const [opened] = useState(() => Date.now())
  const from = new Date(opened - (days[period] - 1) * dayMs).toISOString().slice(0, 10)
  const analytics = useQuery(urlQueries.analytics(urlId, { from, granularity: period === 'day' ? 'hour' : 'day' }))
  return (
    <Card
      title={t('title')}
      action={
        <SegmentedControl
          label={t('period')}
          value={period}
          onValueChange={setPeriod}
          options={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      }
    >
      {analytics.isPending && <Skeleton className="h-80" />}
      {analytics.isError && <ErrorState error={analytics.error} onRetry={() => void analytics.refetch()} />}
      {analytics.data && <Charts data={analytics.data} hourly={period === 'day'} />}
    </Card>
  )
}

function Charts({ data, hourly }: { data: AnalyticsView; hourly: boolean }) {
  const t = useTranslations('urls.figures')
  const format = useFormatter()
  const { number } = useFormats()
  const points = data.series.map(({ at, views, plays, finishes }) => ({
    label: hourly
      ? format.dateTime(new Date(at), { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
      : format.dateTime(new Date(at), { day: 'numeric', month: 'short', timeZone: 'UTC' }),
    views,
    plays,
    finishes,
  }))
  return (
    <>
      <Totals totals={data.totals} />
      <TrendChart
        kind="area"
        series={[
          { key: 'views', name: t('views') },
          { key: 'plays', name: t('plays') },
          { key: 'finishes', name: t('finishes') },
        ]}
        points={points}
        summary={t('summary', { views: data.totals.views, plays: data.totals.plays })}
        formatValue={(value) => number(value)}
      />
      <Referrers referrers={data.referrers} />
    </>
  )
}

function Totals({ totals }: { totals: AnalyticsView['totals'] }) {
  const t = useTranslations('urls.figures')
  const { number } = useFormats()
  const figures = [
    { label: t('views'), value: number(totals.views) },
    { label: t('visitors'), value: number(totals.visitors) },
    { label: t('plays'), value: number(totals.plays) },
    { label: t('finishes'), value: number(totals.finishes) },
    { label: t('playTime'), value: t('minutes', { minutes: Math.round(totals.playSeconds / 6) / 10 }) },
    { label: t('bestScore'), value: totals.bestScore === null ? t('noScore') : number(totals.bestScore) },
  ]
  return (
    <dl className="mb-5 grid grid-cols-3 gap-x-4 gap-y-3 lg:grid-cols-6">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt className="text-small text-muted">{label}</dt>
          <dd className="text-large font-strong tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Referrers({ referrers }: Pick<AnalyticsView, 'referrers'>) {
  const t = useTranslations('urls.figures')
  const { number } = useFormats()
  const most = Math.max(...referrers.map(({ views }) => views), 1)
  return (
    <div className="mt-5">
      <h3 className="mb-2 font-strong">{t('referrers')}</h3>
      {referrers.length === 0 ? (
        <p className="text-muted">{t('noReferrers')}</p>
      ) : (
        <ul className="grid gap-2">
          {referrers.map(({ host, views }) => (
            <li key={host} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
              <span className="truncate">{host}</span>
              <span className="tabular-nums">{number(views)}</span>
              <Progress label={host} share={views / most} className="col-span-2" />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
