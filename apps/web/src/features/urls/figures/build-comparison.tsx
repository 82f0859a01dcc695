import type { AnalyticsView } from '@sparkle/shared/urls'
import { useFormatter, useTranslations } from 'use-intl'
import { DataTable, type DataColumn } from '../../../components/data-table.tsx'
import { Progress } from '../../../components/progress.tsx'
import { useFormats } from '../../../lib/format.ts'

type BuildFigures = AnalyticsView['builds'][number]

/** The builds that were live in the period, side by side: which one is played, and played to its end. */
export function BuildComparison({ builds, timeZone }: { builds: BuildFigures[]; timeZone: string }) {
  const t = useTranslations('urls.figures')
  const format = useFormatter()
  const { number, percent } = useFormats()
  const day = (at: string) => format.dateTime(new Date(at), { day: 'numeric', month: 'short', timeZone })
  const nameOf = (build: BuildFigures) =>
    build.number === null ? t('unknownBuild') : t('build', { number: build.number })
  const share = (part: number, whole: number, label: string) =>
    whole === 0 ? (
      t('noScore')
    ) : (
      <span className="flex items-center gap-2.5 tabular-nums">
        <Progress label={label} share={part / whole} className="min-w-8 grow" />
        {percent(part / whole)}
      </span>
    )
  const columns: DataColumn<BuildFigures>[] = [
    {
      id: 'build',
      header: t('buildColumn'),
      width: '32%',
      cell: (build) => (
        <span className="block truncate">
          <span className="font-strong">{nameOf(build)}</span>
          <span className="block truncate text-small text-muted">
            {t('seen', { from: day(build.firstAt), to: day(build.lastAt) })}
          </span>
        </span>
      ),
    },
    { id: 'views', header: t('views'), align: 'end', from: 'sm', cell: ({ views }) => number(views) },
    {
      id: 'finished',
      header: t('playsFinished'),
      width: '28%',
      cell: (build) => share(build.finishes, build.plays, t('playsFinished')),
    },
    { id: 'plays', header: t('plays'), align: 'end', cell: ({ plays }) => number(plays) },
    {
      id: 'time',
      header: t('timePerView'),
      align: 'end',
      from: 'md',
      cell: ({ playSeconds, views }) =>
        views === 0 ? t('noScore') : t('seconds', { seconds: Math.round(playSeconds / views) }),
    },
    {
      id: 'best',
      header: t('bestScore'),
      align: 'end',
      from: 'sm',
      cell: ({ bestScore }) => (bestScore === null ? t('noScore') : number(bestScore)),
    },
  ]
  if (builds.length === 0) return null
  return (
    <section>
      <h3 className="mb-1 font-strong">{t('builds')}</h3>
      {builds.length === 1 && <p className="mb-1 text-muted">{t('oneBuild')}</p>}
      <div className="-mx-4">
        <DataTable
          label={t('builds')}
          columns={columns}
          rows={builds}
          rowId={({ digest, buildId }) => digest ?? buildId ?? 'unknown'}
        />
      </div>
    </section>
  )
}
