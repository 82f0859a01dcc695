import type { FigureKey, FiguresView } from '@sparkle/shared/dashboard'
import { useTranslations } from 'use-intl'
import { Sparkline } from '../../../components/sparkline.tsx'
import { useFormats } from '../../../lib/format.ts'
import type { Behind } from '../api.ts'
import { Change } from './change.tsx'

interface Tile {
  name: 'ordered' | 'completed' | 'onTime' | 'leadDays' | 'cycleDays' | 'firstTime' | 'views' | 'plays'
  /** The projects it leads to. */
  key: FigureKey
  figure: { value: number | null; before: number | null }
  good: 'more' | 'less' | null
  format: (value: number) => string
  note?: string | false
  course?: number[]
}

interface TilesProps {
  figures: FiguresView
  onShow: (behind: Behind) => void
}

/** The eight figures a studio is run by; each opens the projects behind it. */
export function Tiles({ figures, onShow }: TilesProps) {
  const t = useTranslations('dashboard.business')
  const { number, percent } = useFormats()
  const { totals, series } = figures
  const count = (value: number) => number(value)
  const days = (value: number) => t('days', { days: number(value, 1) })
  const most = (value: number | null) => value !== null && t('most', { days: number(value, 1) })
  const course = (key: 'ordered' | 'completed' | 'views' | 'plays') => series.map((entry) => entry[key])
  const tiles: Tile[] = [
    { name: 'ordered', key: 'ordered', figure: totals.ordered, good: 'more', format: count, course: course('ordered') },
    {
      name: 'completed',
      key: 'completed',
      figure: totals.completed,
      good: 'more',
      format: count,
      course: course('completed'),
    },
    {
      name: 'onTime',
      key: 'late',
      figure: totals.onTimeShare,
      good: 'more',
      format: percent,
      note: t('withDeadline', { count: totals.withDeadline.value ?? 0 }),
    },
    {
      name: 'leadDays',
      key: 'leadDays',
      figure: totals.leadDays,
      good: 'less',
      format: days,
      note: most(totals.leadDaysP85.value),
    },
    {
      name: 'cycleDays',
      key: 'cycleDays',
      figure: totals.cycleDays,
      good: 'less',
      format: days,
      note: most(totals.cycleDaysP85.value),
    },
    {
      name: 'firstTime',
      key: 'approved',
      figure: totals.firstTimeApproval,
      good: 'more',
      format: percent,
      note: t('ofApproved', { count: totals.approved.value ?? 0 }),
    },
    { name: 'views', key: 'views', figure: totals.views, good: 'more', format: count, course: course('views') },
    { name: 'plays', key: 'plays', figure: totals.plays, good: 'more', format: count, course: course('plays') },
  ]
  return (
    <ul
      aria-label={t('title')}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-box border border-line bg-line lg:grid-cols-4"
    >
      {tiles.map(({ name, key, figure, good, format, note, course: values }) => (
        <li key={name} className="relative min-w-0 bg-surface px-4 py-3.5 hover:bg-hover">
          <button
            type="button"
            onClick={() => onShow({ key })}
            className="block max-w-full truncate text-left text-muted after:absolute after:inset-0 after:content-[''] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
          >
            {t(`figure.${name}`)}
          </button>
          <div className="mt-1 flex items-end justify-between gap-3">
            <p className="text-display font-strong tabular-nums">
              {figure.value === null ? t('nothing') : format(figure.value)}
            </p>
            {values && (
              <span className="hidden grow justify-end sm:flex">
                <Sparkline
                  values={values}
                  label={t('course', {
                    name: t(`figure.${name}`),
                    from: values[0] ?? 0,
                    to: values.at(-1) ?? 0,
                  })}
                />
              </span>
            )}
          </div>
          <Change value={figure.value} before={figure.before} good={good} format={format} />
          {note && <p className="mt-0.5 truncate text-small text-muted">{note}</p>}
        </li>
      ))}
    </ul>
  )
}
