import type { ProjectList, ProjectView } from '@sparkle/shared/projects'
import type { InfiniteData } from '@tanstack/react-query'
import type { ProjectFilter } from './api.ts'

export type CachedList = InfiniteData<ProjectList, string | null>

/**
 * A cached list after a project has changed: replaced where it still belongs, taken out where it does not, and put on
 * top where it newly does. Only status and archive decide; other filters wait for the next answer of the API.
 */
export function withProject(list: CachedList, filter: ProjectFilter, project: ProjectView): CachedList {
  const belongs =
    (filter.status === undefined || filter.status.split(',').includes(project.status)) &&
    (filter.deleted === true || Boolean(project.archivedAt) === (filter.archived ?? false))
  const known = list.pages.some(({ items }) => items.some(({ id }) => id === project.id))
  if (known) return changePages(list, belongs ? 0 : -1, (items) => replaceOrDrop(items, project, belongs))
  const onlyStatus = Object.keys(filter).every((key) => key === 'status')
  if (!belongs || !onlyStatus || filter.status === undefined) return list
  return changePages(list, 1, (items, index) => (index === 0 ? [project, ...items] : items))
}

function replaceOrDrop(items: ProjectView[], project: ProjectView, keep: boolean): ProjectView[] {
  return keep
    ? items.map((item) => (item.id === project.id ? { ...item, ...project } : item))
    : items.filter(({ id }) => id !== project.id)
}

function changePages(
  list: CachedList,
  more: number,
  change: (items: ProjectView[], index: number) => ProjectView[],
): CachedList {
  const pages = list.pages.map((page, index) => ({
    ...page,
    ...(page.total !== undefined && { total: page.total + more }),
    items: change(page.items, index),
  }))
  return { ...list, pages }
}
