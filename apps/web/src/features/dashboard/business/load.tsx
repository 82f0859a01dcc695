import type { FiguresView } from '@sparkle/shared/dashboard'
import { useTranslations } from 'use-intl'
import { DataTable, type DataColumn } from '../../../components/data-table.tsx'
import { Progress } from '../../../components/progress.tsx'
import { StatusText } from '../../../components/status.tsx'
import { useFormats } from '../../../lib/format.ts'
import type { Behind } from '../api.ts'

type Artist = FiguresView['artists'][number]

interface LoadProps {
  artists: Artist[]
  onShow: (behind: Behind) => void
}

/** Who has how much to do, now. */
export function Load({ artists, onShow }: LoadProps) {
  const t = useTranslations('dashboard.business')
  const { number } = useFormats()
  const most = Math.max(...artists.map(({ hoursLeft }) => hoursLeft), 1)
  const nameOf = ({ name }: Artist) => name ?? t('nobody')
  const columns: DataColumn<Artist>[] = [
    {
      id: 'name',
      header: t('artist'),
      width: '32%',
      cell: (artist) => (
        <span className="block min-w-0">
          <span className="block truncate">{nameOf(artist)}</span>
          {artist.skills.length > 0 && (
            <span className="block truncate text-small text-muted">{artist.skills.join(', ')}</span>
          )}
        </span>
      ),
    },
    {
      id: 'hours',
      header: t('hoursLeft'),
      width: '30%',
      cell: (artist) => (
        <span className="flex items-center gap-2.5 tabular-nums">
          <Progress label={t('hoursLeft')} share={artist.hoursLeft / most} className="min-w-8 grow" />
          <span>
            {t('hours', { hours: number(artist.hoursLeft, 1) })}
            {artist.weeklyHours !== null && artist.weeklyHours > 0 && (
              <span className="block text-small text-muted">
                {t('weeks', { weeks: number(artist.hoursLeft / artist.weeklyHours, 1) })}
              </span>
            )}
          </span>
        </span>
      ),
    },
    { id: 'open', header: t('open'), align: 'end', cell: ({ openProjects }) => number(openProjects) },
    {
      id: 'overdue',
      header: t('overdue'),
      align: 'end',
      from: 'sm',
      cell: ({ overdue }) => (overdue > 0 ? <StatusText tone="bad">{number(overdue)}</StatusText> : t('nothing')),
    },
    {
      id: 'unestimated',
      header: t('withoutEstimate'),
      align: 'end',
      from: 'md',
      cell: ({ withoutEstimate }) => (withoutEstimate > 0 ? number(withoutEstimate) : t('nothing')),
    },
  ]
  if (artists.length === 0) return <p className="px-4 py-6 text-muted">{t('noLoad')}</p>
  return (
    <DataTable
      label={t('load')}
      columns={columns}
      rows={artists}
      rowId={({ userId }) => userId ?? 'nobody'}
      onOpen={({ userId }) => onShow({ key: 'load', assignedTo: userId ?? 'nobody' })}
    />
  )
}
