import { viewLayouts, type ViewLayout } from '@sparkle/shared/project-views'
import { Kanban, List, X } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Board } from '../../features/projects/board.tsx'
import { ListMenu } from '../../features/projects/list-menu.tsx'
import { ProjectFilters } from '../../features/projects/project-filters.tsx'
import { NoProjects, ProjectTable } from '../../features/projects/project-table.tsx'
import { SavedViews } from '../../features/projects/saved-views.tsx'
import { useProjectFilters } from '../../features/projects/use-project-filters.ts'
import { filtersOf, readColumns } from '../../features/projects/view-params.ts'
import { useStored } from '../../lib/stored.ts'
import { NewProjectButton } from '../new-project-button.tsx'

const isLayout = (value: string): value is ViewLayout => (viewLayouts as readonly string[]).includes(value)

/** Filters, order, layout and columns are all in the address: a saved view is one, and so is a link to a colleague. */
export function ProjectsPage() {
  const t = useTranslations('projects.list')
  const title = useTranslations('projects')('title')
  const [search] = useSearchParams()
  const filters = useProjectFilters()
  const [usual, setUsual] = useStored<ViewLayout>('projects-view', 'table', isLayout)
  const { params, filter, active, set, clear } = filters
  const layout = params.view ?? usual
  const columns = readColumns(search.get('columns'))
  const board = layout === 'board' && !params.deleted
  const { status: _status, ...boardFilter } = filter
  const filtered = active > 0 || params.q !== ''
  const aside = params.deleted ? 'deleted' : params.archived ? 'archived' : null

  return (
    <>
      <PageHeader
        title={title}
        actions={
          <>
            <SegmentedControl
              label={t('view')}
              value={layout}
              onValueChange={(view) => {
                setUsual(view)
                set({ view })
              }}
              options={[
                { value: 'table', label: t('table'), icon: <List /> },
                { value: 'board', label: t('board'), icon: <Kanban /> },
              ]}
            />
            <ListMenu
              filters={filters}
              columns={columns}
              onColumnsChange={board ? null : (chosen) => set({ columns: chosen.join(',') })}
            />
            <NewProjectButton />
          </>
        }
      />
      <SavedViews
        now={{ filters: filtersOf(params), layout, sort: params.sort, columns }}
        changed={filtered || columns !== null || params.sort !== '-createdAt'}
      />
      {aside && (
        <Notice
          tone="info"
          className="mb-4"
          action={
            <Button size="small" look="quiet" icon={<X />} onClick={() => set({ [aside]: null })}>
              {title}
            </Button>
          }
        >
          {t(aside === 'deleted' ? 'deletedHint' : 'archivedHint')}
        </Notice>
      )}
      <ProjectFilters filters={filters} withoutStatus={board} />
      {board ? (
        <Board filter={boardFilter} />
      ) : (
        <ProjectTable
          filter={filter}
          sort={params.sort}
          shown={columns}
          onSortChange={(sort) => set({ sort: sort === '-createdAt' ? null : sort })}
          empty={
            <NoProjects
              filter={filter}
              filtered={filtered}
              action={filtered ? <Button onClick={clear}>{t('clear')}</Button> : <NewProjectButton />}
            />
          }
        />
      )}
    </>
  )
}
