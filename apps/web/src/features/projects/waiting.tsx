import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { cn } from '../../lib/cn.ts'
import { useCan, useSession } from '../../lib/session.tsx'
import { projectQueries } from './api.ts'
import { addDays, urgencyOf } from './deadline.ts'
import { ArtistMenu } from './field-menus.tsx'
import { Deadline, PetPicture, ProjectStatusMark, useToday } from './marks.tsx'

const shown = 5
const dueWithinDays = 4

/**
 * What waits on the person who is signed in: their own open work, what is nearly due, what nobody has taken. A review
 * waits on whoever approves it, not on the artist who has done their part.
 */
export function Waiting() {
  const t = useTranslations('projects.waiting')
  const { user } = useSession()
  const mayAssign = useCan('projects:assign')
  const today = useToday()
  const list = useInfiniteQuery(projectQueries.list({ sort: 'deadline', status: 'backlog,in_progress,review' }))
  if (list.isPending) return <SkeletonList rows={3} className="h-14" />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const open = list.data.pages.flatMap(({ items }) => items)
  const mine = open.filter(
    ({ assignedArtistId, status }) => assignedArtistId === user.id && (mayAssign || status !== 'review'),
  )
  const untaken = mayAssign ? open.filter(({ assignedArtistId }) => assignedArtistId === null) : []
  const due = mayAssign
    ? open.filter(
        ({ assignedArtistId, deadline }) =>
          assignedArtistId !== null &&
          assignedArtistId !== user.id &&
          deadline !== null &&
          deadline <= addDays(today, dueWithinDays),
      )
    : []
  const groups = [
    { key: 'mine', title: t('title'), projects: mine },
    { key: 'untaken', title: t('unassignedTitle'), projects: untaken },
    { key: 'due', title: t('dueTitle'), projects: due },
  ].filter(({ projects }) => projects.length > 0)
  if (groups.length === 0) return <p className="text-muted">{t('none')}</p>
  return (
    <div className={cn('grid items-start gap-4', groups.length > 1 && 'lg:grid-cols-2')}>
      {groups.map(({ key, title, projects }) => (
        <Card key={key} flush title={title} action={<span className="text-muted tabular-nums">{projects.length}</span>}>
          <ul className="divide-y divide-line">
            {projects.slice(0, shown).map((project) => (
              <WaitingRow key={project.id} project={project} today={today} assignable={key === 'untaken'} />
            ))}
          </ul>
          {projects.length > shown && (
            <p className="border-t border-line px-4 py-2 text-small text-muted">
              {t('more', { count: projects.length - shown })}
            </p>
          )}
        </Card>
      ))}
    </div>
  )
}

function WaitingRow({ project, today, assignable }: { project: ProjectView; today: string; assignable: boolean }) {
  const late = project.deadline !== null && urgencyOf(project.deadline, today) === 'overdue'
  return (
    <li className="relative flex items-center gap-3 px-4 py-2 hover:bg-hover">
      <PetPicture project={project} className="size-10" />
      <span className="min-w-0 grow">
        <Link
          to={`/projects/${project.id}`}
          className="block truncate font-strong after:absolute after:inset-0 after:content-['']"
        >
          {project.petName}
        </Link>
        <span className="flex items-center gap-2 text-small text-muted">
          <ProjectStatusMark status={project.status} />
        </span>
      </span>
      <Deadline project={project} className={late ? undefined : 'text-muted'} />
      {assignable ? (
        <span className="relative z-[1]">
          <ArtistMenu project={project} size="small" />
        </span>
      ) : (
        <ChevronRight className="size-4 text-faint" aria-hidden="true" />
      )}
    </li>
  )
}
