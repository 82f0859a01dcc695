import type { FigureKey, FigureProject } from '@sparkle/shared/dashboard'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { SideSheet } from '../../../components/dialog.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { LoadMore } from '../../../components/infinite.tsx'
import { SkeletonList } from '../../../components/skeleton.tsx'
import { useFormats } from '../../../lib/format.ts'
import type { PeriodQuery } from '../../../lib/period.ts'
import { behindQuery, type Behind } from '../api.ts'

interface BehindSheetProps {
  behind: Behind | null
  period: PeriodQuery
  onClose: () => void
}

/** The projects behind a figure, those that make most of it first. */
export function BehindSheet({ behind, period, onClose }: BehindSheetProps) {
  const t = useTranslations('dashboard.business')
  return (
    <SideSheet
      open={behind !== null}
      onOpenChange={(open) => !open && onClose()}
      title={behind ? t(`behind.${behind.key}`) : t('title')}
      description={t('behindHint')}
    >
      {behind && <Projects behind={behind} period={period} />}
    </SideSheet>
  )
}

function Projects({ behind, period }: { behind: Behind; period: PeriodQuery }) {
  const t = useTranslations('dashboard.business')
  const list = useInfiniteQuery(behindQuery(behind, period))
  if (list.isPending) return <SkeletonList rows={6} className="h-14" />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return <p className="py-6 text-muted">{t('noneBehind')}</p>
  return (
    <>
      <ul className="-mx-2">
        {rows.map((project) => (
          <li key={project.id}>
            <Link
              to={`/projects/${project.id}`}
              className="flex items-baseline gap-4 rounded-box px-2 py-2 hover:bg-hover"
            >
              <span className="min-w-0 grow">
                <span className="block truncate font-strong">{project.petName}</span>
                <Facts project={project} />
              </span>
              <Part figure={behind.key} value={project.value} />
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore {...list} />
    </>
  )
}

function Facts({ project }: { project: FigureProject }) {
  const t = useTranslations('dashboard.business')
  const words = useTranslations('projects')
  const { date } = useFormats()
  const facts = [
    words(`package.${project.packageType}`),
    words(`status.${project.status}`),
    project.completedAt
      ? t('completedOn', { date: date(project.completedAt) })
      : t('orderedOn', { date: date(project.createdAt) }),
  ]
  return <span className="block truncate text-small text-muted">{facts.join(' · ')}</span>
}

/** What a project adds to the figure, in the figure's own unit. */
function Part({ figure, value }: { figure: FigureKey; value: number | null }) {
  const t = useTranslations('dashboard.business')
  const { number } = useFormats()
  if (value === null) return null
  const amount = number(value, figure === 'views' || figure === 'plays' || figure === 'approved' ? 0 : 1)
  const words = {
    ordered: amount,
    completed: amount,
    leadDays: t('days', { days: amount }),
    cycleDays: t('days', { days: amount }),
    late: t('daysLate', { days: amount }),
    approved: t('rounds', { count: value }),
    views: amount,
    plays: amount,
    load: t('hours', { hours: amount }),
  }
  return <span className="shrink-0 tabular-nums">{words[figure]}</span>
}
