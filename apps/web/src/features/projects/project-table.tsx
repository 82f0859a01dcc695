import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useCan } from '../../lib/session.tsx'
import { projectQueries, type ProjectFilter } from './api.ts'
import { ArtistMenu, StatusMenu } from './field-menus.tsx'
import { Deadline, PetPicture, PriorityMark, ProgressMarks } from './marks.tsx'
import { useRestoreProject } from './mutations.ts'
import { ProjectMenu } from './project-menu.tsx'

interface ProjectTableProps {
  filter: ProjectFilter
  sort: string
  onSortChange: (sort: string) => void
  /** Shown where the filters find nothing. */
  empty: ReactNode
}

/** The projects a filter finds, as a table that loads on while one scrolls. */
export function ProjectTable({ filter, sort, onSortChange, empty }: ProjectTableProps) {
  const t = useTranslations('projects')
  const navigate = useNavigate()
  const list = useInfiniteQuery({ ...projectQueries.list({ ...filter, sort }), placeholderData: (before) => before })
  const columns = useColumns(Boolean(filter.deleted))
  if (list.isPending) return <SkeletonList rows={8} className="h-12" />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return empty
  return (
    <div
      className="overflow-hidden rounded-box border border-line bg-surface transition-opacity data-[stale=true]:opacity-60"
      data-stale={list.isPlaceholderData}
    >
      <p role="status" className="sr-only">
        {t('count', { count: list.data.pages[0]?.total ?? rows.length })}
      </p>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate(`/projects/${id}`)}
        sort={sort}
        onSortChange={onSortChange}
        footer={<LoadMore {...list} />}
        height="calc(100dvh - 250px)"
      />
    </div>
  )
}

function useColumns(deleted: boolean): DataColumn<ProjectView>[] {
  const t = useTranslations('projects.list.columns')
  const words = useTranslations('projects')
  const pet: DataColumn<ProjectView> = {
    id: 'pet',
    header: t('pet'),
    sort: { ascending: 'petName', descending: '-createdAt' },
    cell: (project) => (
      <span className="flex items-center gap-3">
        <PetPicture project={project} className="size-9" />
        <span className="min-w-0">
          <span className="block truncate font-strong">{project.petName}</span>
          <span className="block truncate text-small text-muted">
            {[words(`package.${project.packageType}`), project.customerName, project.orderNumber]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </span>
    ),
  }
  if (deleted) {
    return [
      pet,
      {
        id: 'deletedAt',
        header: t('deletedAt'),
        from: 'sm',
        cell: ({ deletedAt }) => deletedAt && <RelativeTime at={deletedAt} className="text-muted" />,
      },
      {
        id: 'actions',
        header: t('actions'),
        align: 'end',
        width: '140px',
        cell: (project) => <RestoreButton project={project} />,
      },
    ]
  }
  return [
    { ...pet, sort: undefined },
    { id: 'status', header: t('status'), width: '160px', cell: (project) => <StatusMenu project={project} /> },
    {
      id: 'artist',
      header: t('artist'),
      from: 'md',
      width: '170px',
      cell: (project) => <ArtistMenu project={project} size="small" />,
    },
    {
      id: 'priority',
      header: t('priority'),
      from: 'lg',
      width: '110px',
      cell: ({ priority }) => <PriorityMark priority={priority} />,
    },
    {
      id: 'deadline',
      header: t('deadline'),
      from: 'sm',
      width: '140px',
      sort: { ascending: 'deadline', descending: '-deadline' },
      cell: (project) => <Deadline project={project} />,
    },
    {
      id: 'game',
      header: t('game'),
      from: 'lg',
      width: '100px',
      cell: (project) => <ProgressMarks project={project} />,
    },
    {
      id: 'created',
      header: t('created'),
      from: 'xl',
      width: '140px',
      sort: { ascending: 'createdAt', descending: '-createdAt' },
      cell: ({ createdAt }) => <RelativeTime at={createdAt} className="text-muted" />,
    },
    {
      id: 'actions',
      header: t('actions'),
      align: 'end',
      from: 'sm',
      width: '90px',
      cell: (project) => <ProjectMenu project={project} />,
    },
  ]
}

function RestoreButton({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.list')
  const restore = useRestoreProject()
  if (!useCan('projects:delete')) return null
  return (
    <Button size="small" pending={restore.isPending} onClick={() => restore.mutate(project.id)}>
      {t('restore')}
    </Button>
  )
}

/** What the list says where it is empty: nothing yet, nothing deleted, or nothing that fits. */
export function NoProjects({
  filter,
  filtered,
  action,
}: {
  filter: ProjectFilter
  filtered: boolean
  action: ReactNode
}) {
  const t = useTranslations('projects.list')
  if (filter.deleted) return <EmptyState scene="box" title={t('deletedEmptyTitle')} body={t('deletedEmptyBody')} />
  if (filtered) return <EmptyState scene="search" title={t('noneTitle')} body={t('noneBody')} action={action} />
  return <EmptyState scene="box" title={t('emptyTitle')} body={t('emptyBody')} action={action} />
}
