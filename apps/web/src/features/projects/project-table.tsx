import type { ProjectColumnName } from '@sparkle/shared/project-views'
import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useAction } from '../../lib/actions.tsx'
import { useCan } from '../../lib/session.tsx'
import { mostSelected, useAllMatching } from './all-matching.ts'
import { projectQueries, type ProjectFilter } from './api.ts'
import { burnOf } from './budget.ts'
import { BurnTrack } from './budget-bar.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ArtistMenu, StatusMenu } from './field-menus.tsx'
import { Deadline, PetPicture, PriorityMark, ProgressMarks, ProjectStatusMark } from './marks.tsx'
import { useRestoreProject } from './mutations.ts'
import { ProjectMenu } from './project-menu.tsx'

interface ProjectTableProps {
  filter: ProjectFilter
  sort: string
  onSortChange: (sort: string) => void
  /** The columns somebody chose; null for the usual ones. */
  shown: readonly ProjectColumnName[] | null
  /** Shown where the filters find nothing. */
  empty: ReactNode
}

/** The projects a filter finds, as a table that loads on while one scrolls. */
export function ProjectTable({ filter, sort, onSortChange, shown, empty }: ProjectTableProps) {
  const t = useTranslations('projects')
  const navigate = useNavigate()
  const words = useTranslations('projects.bulk')
  const list = useInfiniteQuery({ ...projectQueries.list({ ...filter, sort }), placeholderData: (before) => before })
  const columns = useColumns(Boolean(filter.deleted), shown)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const everything = useAllMatching(filter, (projects) => setChosen(new Set(projects.map(({ id }) => id))))
  const clear = () => {
    setChosen(new Set())
    everything.clear()
  }
  const maySelect = useCan('projects:update') && !filter.deleted
  useAction(
    chosen.size > 0
      ? { id: 'clear-selection', label: words('clear'), group: 'page', keys: 'escape', icon: X, run: clear }
      : null,
  )
  if (list.isPending) return <SkeletonList rows={8} className="h-12" />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const rows = list.data.pages.flatMap(({ items }) => items)
  if (rows.length === 0) return empty
  const total = list.data.pages[0]?.total ?? rows.length
  const byId = new Map([...everything.projects, ...rows].map((project) => [project.id, project]))
  const selected = [...byId.values()].filter(({ id }) => chosen.has(id))
  const mayWantAll =
    selected.length < total && total <= mostSelected && list.hasNextPage && rows.every(({ id }) => chosen.has(id))
  return (
    <div
      className="overflow-hidden rounded-box border border-line bg-surface transition-opacity data-[stale=true]:opacity-60"
      data-stale={list.isPlaceholderData}
    >
      <p role="status" className="sr-only">
        {t('count', { count: total })}
      </p>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        onOpen={({ id }) => void navigate(`/projects/${id}`)}
        sort={sort}
        onSortChange={onSortChange}
        selection={
          maySelect
            ? {
                selected: chosen,
                onChange: setChosen,
                labelOf: ({ petName }) => words('select', { name: petName }),
              }
            : undefined
        }
        footer={<LoadMore {...list} />}
        height="calc(100dvh - 250px)"
      />
      <BulkBar
        projects={selected}
        all={mayWantAll ? { total, loading: everything.loading, onSelect: everything.start } : null}
        onClear={clear}
      />
    </div>
  )
}

function useColumns(deleted: boolean, shown: readonly ProjectColumnName[] | null): DataColumn<ProjectView>[] {
  const t = useTranslations('projects.list.columns')
  const words = useTranslations('projects')
  const pet: DataColumn<ProjectView> = {
    id: 'pet',
    header: t('pet'),
    cell: (project) => (
      <span className="flex items-center gap-3">
        <PetPicture project={project} className="size-9" />
        <span className="min-w-0">
          <span className="block truncate font-strong">{project.petName}</span>
          <span className="hidden truncate text-small text-muted @min-[36rem]:block">
            {[words(`package.${project.packageType}`), project.customerName, project.orderNumber]
              .filter(Boolean)
              .join(' · ')}
          </span>
          {/* On a narrow table the columns of both are gone. */}
          <span className="flex items-center gap-3 truncate text-small @min-[36rem]:hidden">
            <ProjectStatusMark status={project.status} />
            <Deadline project={project} />
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
  const all: DataColumn<ProjectView>[] = [
    { ...pet, sort: { ascending: 'petName', descending: '-petName' } },
    {
      id: 'status',
      header: t('status'),
      from: 'sm',
      width: '160px',
      cell: (project) => <StatusMenu project={project} />,
    },
    {
      id: 'artist',
      header: t('artist'),
      from: 'md',
      width: '160px',
      cell: (project) => <ArtistMenu project={project} size="small" />,
    },
    {
      id: 'priority',
      header: t('priority'),
      from: 'lg',
      width: '104px',
      cell: ({ priority }) => <PriorityMark priority={priority} />,
    },
    {
      id: 'deadline',
      header: t('deadline'),
      from: 'sm',
      width: '132px',
      sort: { ascending: 'deadline', descending: '-deadline' },
      cell: (project) => <Deadline project={project} />,
    },
    {
      id: 'budget',
      header: t('budget'),
      from: 'lg',
      width: '120px',
      cell: (project) => <HoursCell project={project} />,
    },
    {
      id: 'game',
      header: t('game'),
      from: 'lg',
      width: '92px',
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
      id: 'updated',
      header: t('updated'),
      from: 'xl',
      width: '140px',
      sort: { ascending: '-updatedAt', descending: '-updatedAt' },
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} className="text-muted" />,
    },
    {
      id: 'actions',
      header: t('actions'),
      align: 'end',
      from: 'sm',
      width: '88px',
      cell: (project) => <ProjectMenu project={project} />,
    },
  ]
  const wanted: ReadonlySet<string> = new Set(shown ?? usualColumns)
  return all.filter(({ id }) => id === 'pet' || id === 'actions' || wanted.has(id))
}

/** What the table shows unless somebody chose: the rest is a click away. */
export const usualColumns: readonly ProjectColumnName[] = [
  'status',
  'artist',
  'priority',
  'deadline',
  'game',
  'created',
]

function HoursCell({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.budget')
  const { actualHours: spent, budgetHours: budget } = project
  if (budget === null) return <span className="text-muted tabular-nums">{spent > 0 ? t('spent', { spent }) : ''}</span>
  return <BurnTrack burn={burnOf(project)} label={t('bar', { spent, budget })} className="max-w-24" />
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
  if (filter.archived && !filtered)
    return <EmptyState scene="box" title={t('archivedEmptyTitle')} body={t('archivedEmptyBody')} />
  if (filtered) return <EmptyState scene="search" title={t('noneTitle')} body={t('noneBody')} action={action} />
  return <EmptyState scene="box" title={t('emptyTitle')} body={t('emptyBody')} action={action} />
}
