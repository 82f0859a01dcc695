import { analyticsParts, type AnalyticsView, type Granularity, type UrlView } from '@sparkle/shared/urls'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '../../../components/button.tsx'
import { Card } from '../../../components/card.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { PeriodPicker } from '../../../components/period-picker.tsx'
import { SegmentedControl } from '../../../components/segmented-control.tsx'
import { ShareList } from '../../../components/share-list.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { TrendChart } from '../../../components/trend-chart.tsx'
import { useDownload } from '../../../lib/download.ts'
import { useFormats } from '../../../lib/format.ts'
import { daysOf, usePeriod } from '../../../lib/period.ts'
import { urlQueries } from '../api.ts'
import { BuildComparison } from './build-comparison.tsx'
import { Totals } from './totals.tsx'

/** The API gives hours of at most so many days. */
const mostHourlyDays = 31

/** How people play the game: totals, course, where they come from, on what, and which build they liked. */
export function Analytics({ url }: { url: UrlView }) {
  const t = useTranslations('urls.figures')
  const picker = usePeriod('month')
  const [wanted, setGranularity] = useState<Granularity>('day')
  const { query } = picker.period
  const mayBeHourly = daysOf(query) <= mostHourlyDays
  const granularity = mayBeHourly ? wanted : 'day'
  const analytics = useQuery(urlQueries.analytics(url.id, { ...query, granularity }))
  const download = useDownload()
  const save = (part: (typeof analyticsParts)[number]) =>
    download.mutate({ path: `/urls/${url.id}/analytics.csv`, query: { ...query, granularity, part } })
  return (
    <Card title={t('title')}>
      <div className="mb-5 flex flex-wrap gap-2">
        <PeriodPicker {...picker} shown={analytics.data} />
        {mayBeHourly && (
          <SegmentedControl
            label={t('granularity')}
            value={granularity}
            onValueChange={setGranularity}
            options={[
              { value: 'day', label: t('byDay') },
              { value: 'hour', label: t('byHour') },
            ]}
          />
        )}
        <Menu
          align="end"
          trigger={
            <Button look="quiet" icon={<Download />} className="sm:ml-auto">
              {t('csv')}
            </Button>
          }
        >
          {analyticsParts.map((part) => (
            <MenuItem key={part} onSelect={() => save(part)}>
              {t(`parts.${part}`)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      {analytics.isPending && <Skeleton className="h-80" />}
      {analytics.isLoadingError && <ErrorState error={analytics.error} onRetry={() => void analytics.refetch()} />}
      {analytics.data &&
        (analytics.data.totals.views + analytics.data.totals.plays === 0 ? (
          <Unseen url={url} />
        ) : (
          <Figures data={analytics.data} hourly={granularity === 'hour'} />
        ))}
    </Card>
  )
}

function Unseen({ url }: { url: UrlView }) {
  const t = useTranslations('urls.figures')
  return (
    <EmptyState
      scene="flag"
      title={t('unseen')}
      body={t('unseenBody')}
      action={
        <span className="flex max-w-full items-center gap-1 rounded-box border border-line bg-sunken py-1 pr-1 pl-3">
          <span className="truncate font-mono">{url.fullUrl}</span>
          <CopyButton text={url.fullUrl} />
        </span>
      }
    />
  )
}

const dailySeries = ['views', 'visitors', 'plays', 'finishes'] as const
/** So many ups and downs that more lines would hide each other. */
const hourlySeries = ['views', 'plays'] as const

function Figures({ data, hourly }: { data: AnalyticsView; hourly: boolean }) {
  const t = useTranslations('urls.figures')
  const format = useFormatter()
  const { number } = useFormats()
  const { timeZone, devices } = data
  const points = data.series.map(({ at, views, visitors, plays, finishes }) => ({
    label: format.dateTime(new Date(at), {
      timeZone,
      ...(hourly
        ? { weekday: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }
        : { day: 'numeric', month: 'short', ...(data.series.length > 200 && { year: '2-digit' }) }),
    }),
    views,
    visitors,
    plays,
    finishes,
  }))
  return (
    <div className="grid gap-6">
      <Totals totals={data.totals} />
      <TrendChart
        kind="area"
        series={(hourly ? hourlySeries : dailySeries).map((key) => ({ key, name: t(key) }))}
        points={points}
        summary={t('summary', { views: data.totals.views, plays: data.totals.plays })}
        formatValue={(value) => number(value)}
      />
      <div className="grid gap-6 md:grid-cols-2">
        <ShareList
          title={t('referrers')}
          of="largest"
          rows={data.referrers.map(({ host, views }) => ({ key: host, name: host, value: views }))}
          empty={t('noReferrers')}
        />
        <ShareList
          title={t('devices')}
          of="whole"
          rows={(['phone', 'tablet', 'desktop'] as const).map((key) => ({
            key,
            name: t(`device.${key}`),
            value: devices[key],
          }))}
          empty={t('noDevices')}
        />
      </div>
      <BuildComparison builds={data.builds} timeZone={timeZone} />
      <p className="text-small text-muted">{t('how', { timeZone })}</p>
    </div>
  )
}
