import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { Sparkline } from '../../components/sparkline.tsx'
import { ToneIcon, type Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { dashboardQuery } from './api.ts'

/** The studio in six figures; each leads to the list behind it. */
export function Figures() {
  const t = useTranslations('dashboard')
  const { number } = useFormats()
  const dashboard = useQuery(dashboardQuery)
  if (dashboard.isLoadingError) return <ErrorState error={dashboard.error} onRetry={() => void dashboard.refetch()} />
  if (dashboard.isPending) return <Skeleton className="h-22" />
  const { overdue, dueThisWeek, liveGames, weeks } = dashboard.data
  const course = (key: 'ordered' | 'completed' | 'plays', name: string) => {
    const values = weeks.map((week) => week[key])
    const label = t('course', { name, weeks: values.length, from: values[0] ?? 0, to: values.at(-1) ?? 0 })
    return <Sparkline values={values} label={label} />
  }
  const sum = (key: 'ordered' | 'completed' | 'plays') => weeks.reduce((total, week) => total + week[key], 0)
  return (
    <ul
      aria-label={t('figures')}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-box border border-line bg-line sm:grid-cols-3 xl:grid-cols-6"
    >
      <Figure
        label={t('overdue')}
        value={number(overdue)}
        tone={overdue > 0 ? 'bad' : 'ok'}
        to="/projects?due=overdue"
      />
      <Figure
        label={t('dueThisWeek')}
        value={number(dueThisWeek)}
        tone={dueThisWeek > 0 ? 'warn' : 'ok'}
        to="/projects?due=week&sort=deadline"
      />
      <Figure label={t('ordered')} value={number(sum('ordered'))} to="/projects">
        {course('ordered', t('ordered'))}
      </Figure>
      <Figure label={t('completed')} value={number(sum('completed'))} to="/projects?status=complete">
        {course('completed', t('completed'))}
      </Figure>
      <Figure label={t('plays')} value={number(sum('plays'))} to="/addresses">
        {course('plays', t('plays'))}
      </Figure>
      <Figure label={t('liveGames')} value={number(liveGames)} to="/addresses" />
    </ul>
  )
}

interface FigureProps {
  label: string
  value: string
  to: string
  tone?: Tone
  children?: ReactNode
}

function Figure({ label, value, to, tone, children }: FigureProps) {
  return (
    <li className="relative bg-surface px-4 py-3 hover:bg-hover">
      <Link
        to={to}
        className="block text-small text-muted after:absolute after:inset-0 after:content-[''] focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
      >
        {label}
      </Link>
      <div className="mt-1 flex items-end justify-between gap-3">
        <p
          className={cn(
            'flex items-center gap-1.5 text-display font-strong tabular-nums',
            tone === 'bad' && 'text-bad',
          )}
        >
          {value}
          {tone && tone !== 'ok' && <ToneIcon tone={tone} className={cn('size-4', tone === 'warn' && 'text-warn')} />}
        </p>
        {children}
      </div>
    </li>
  )
}
