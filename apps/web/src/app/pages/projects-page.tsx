import { Kanban, List, Trash2 } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Board } from '../../features/projects/board.tsx'
import { ProjectFilters } from '../../features/projects/project-filters.tsx'
import { NoProjects, ProjectTable } from '../../features/projects/project-table.tsx'
import { useProjectFilters } from '../../features/projects/use-project-filters.ts'
import { useCan } from '../../lib/session.tsx'
import { useStored } from '../../lib/stored.ts'
import { NewProjectButton } from '../new-project-button.tsx'

const views = ['table', 'board'] as const
type View = (typeof views)[number]
const isView = (value: string): value is View => (views as readonly string[]).includes(value)

/** The view that the address asks for (`?view=board`), else the one that this person chose last. */
function useView() {
  const [search, setSearch] = useSearchParams()
  const [habit, setHabit] = useStored<View>('projects-view', 'table', isView)
  const asked = search.get('view') ?? ''
  const choose = (view: View) => {
    setHabit(view)
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        next.set('view', view)
        return next
      },
      { replace: true },
    )
  }
  return [isView(asked) ? asked : habit, choose] as const
}

export function ProjectsPage() {
  const t = useTranslations('projects.list')
  const title = useTranslations('projects')('title')
  const filters = useProjectFilters()
  const [view, setView] = useView()
  const maySeeDeleted = useCan('projects:delete')
  const { params, filter, active, set, clear } = filters
  const board = view === 'board' && !params.deleted
  const { status: _status, ...boardFilter } = filter
  const filtered = active > 0 || params.q !== ''

  return (
    <>
      <PageHeader
        title={title}
        actions={
          <>
            {maySeeDeleted && (
              <Button
                look="quiet"
                icon={<Trash2 />}
                aria-pressed={params.deleted}
                className={params.deleted ? 'bg-hover' : undefined}
                onClick={() => set({ deleted: params.deleted ? null : '1' })}
              >
                {t('deleted')}
              </Button>
            )}
            {!params.deleted && (
              <SegmentedControl
                label={t('view')}
                value={view}
                onValueChange={setView}
                options={[
                  { value: 'table', label: t('table'), icon: <List /> },
                  { value: 'board', label: t('board'), icon: <Kanban /> },
                ]}
              />
            )}
            <NewProjectButton />
          </>
        }
      />
      {params.deleted && (
        <Notice tone="info" className="mb-4">
          {t('deletedHint')}
        </Notice>
      )}
      <ProjectFilters filters={filters} withoutStatus={board} />
      {board ? (
        <Board filter={boardFilter} />
      ) : (
        <ProjectTable
          filter={filter}
          sort={params.sort}
          onSortChange={(sort) => set({ sort: sort === '-createdAt' ? null : sort })}
          empty={
            <NoProjects
              filter={filter}
              filtered={filtered}
              action={filtered ? <Button onClick={clear}>{t('clear')}</Button> : <NewProjectButton withKey={false} />}
            />
          }
        />
      )}
    </>
  )
}
