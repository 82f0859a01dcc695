import {
  projectColumnNames,
  type ProjectColumnName,
  type SavedFilters,
  type SavedView,
  type ViewLayout,
} from '@sparkle/shared/project-views'
import type { FilterParams } from './use-project-filters.ts'

/** What of an address a view keeps. */
export function filtersOf(params: FilterParams): SavedFilters {
  const { q, status, artist, priority, due, archived } = params
  return {
    ...(q.trim() && { q: q.trim() }),
    ...(status && { status }),
    ...(artist && { artist: artist as SavedFilters['artist'] }),
    ...(priority && { priority }),
    ...(params.package && { package: params.package }),
    ...(due && { due }),
    ...(archived && { archived: '1' as const }),
  }
}

/** The columns an address names, in the table's order; null for the usual ones. */
export function readColumns(value: string | null): ProjectColumnName[] | null {
  if (value === null) return null
  const named = new Set(value.split(','))
  return projectColumnNames.filter((name) => named.has(name))
}

/** The address's query for a saved view. */
export function searchOf({ id, filters, layout, sort, columns }: SavedView): URLSearchParams {
  return new URLSearchParams({
    saved: id,
    view: layout,
    ...(filters as Record<string, string>),
    ...(sort !== '-createdAt' && { sort }),
    ...(columns && { columns: columns.join(',') }),
  })
}

export interface ViewState {
  filters: SavedFilters
  layout: ViewLayout
  sort: string
  columns: ProjectColumnName[] | null
}

/** Whether the page shows something else than the view does. */
export function differs(view: SavedView, now: ViewState): boolean {
  const plain = ({ filters, layout, sort, columns }: ViewState) =>
    JSON.stringify([Object.entries(filters).toSorted(([a], [b]) => (a < b ? -1 : 1)), layout, sort, columns])
  return plain({ ...view, filters: view.filters }) !== plain(now)
}
