import type { FiguresView } from '@sparkle/shared/dashboard'
import { useFormatter, useTranslations } from 'use-intl'
import { Card } from '../../../components/card.tsx'
import { ShareList } from '../../../components/share-list.tsx'
import { TrendChart } from '../../../components/trend-chart.tsx'
import { useFormats } from '../../../lib/format.ts'
import type { Behind } from '../api.ts'
import { Load } from './load.tsx'
import { Tiles } from './tiles.tsx'

interface BusinessProps {
  figures: FiguresView
  onShow: (behind: Behind) => void
}

/** The business over a period: how it went, how it compares, and where it comes from. */
export function Business({ figures, onShow }: BusinessProps) {
  const t = useTranslations('dashboard.business')
  const packages = useTranslations('projects.package')
  const format = useFormatter()
  const { number } = useFormats()
  const { series, totals, unit } = figures
  const points = series.map(({ day, ...entry }) => ({
    label: format.dateTime(new Date(`${day}T12:00:00Z`), {
      timeZone: 'UTC',
      month: 'short',
      ...(unit === 'month' ? { year: '2-digit' } : { day: 'numeric' }),
    }),
    ...entry,
  }))
  const formatValue = (value: number) => number(value)
  return (
    <div className="grid gap-5">
      <Tiles figures={figures} onShow={onShow} />
      <div className="grid gap-5 xl:grid-cols-2">
        <Card title={t('throughput')}>
          <TrendChart
            kind="bar"
            series={[
              { key: 'ordered', name: t('figure.ordered') },
              { key: 'completed', name: t('figure.completed') },
            ]}
            points={points}
            summary={t('throughputSummary', {
              ordered: totals.ordered.value ?? 0,
              completed: totals.completed.value ?? 0,
            })}
            formatValue={formatValue}
          />
        </Card>
        <Card title={t('playing')}>
          <TrendChart
            kind="area"
            series={[
              { key: 'views', name: t('views') },
              { key: 'plays', name: t('figure.plays') },
            ]}
            points={points}
            summary={t('playingSummary', { views: totals.views.value ?? 0, plays: totals.plays.value ?? 0 })}
            formatValue={formatValue}
          />
        </Card>
        <Card title={t('load')} flush>
          <Load artists={figures.artists} onShow={onShow} />
        </Card>
        <Card title={t('byPackage')}>
          <ShareList
            of="whole"
            rows={figures.packages.map(({ packageType, ordered }) => ({
              key: packageType,
              name: packages(packageType),
              value: ordered.value ?? 0,
              onOpen: () => onShow({ key: 'ordered', packageType }),
            }))}
            empty={t('noOrders')}
          />
        </Card>
      </div>
      <p className="text-small text-muted">{t('how', { timeZone: figures.timeZone })}</p>
    </div>
  )
}
