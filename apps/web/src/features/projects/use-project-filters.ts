import { packageTypes, type PackageType } from '@sparkle/shared/games'
import { priorities, projectSorts, projectStatuses, type Priority, type ProjectStatus } from '@sparkle/shared/projects'
import { deadlineWindows, viewLayouts, type DeadlineWindow, type ViewLayout } from '@sparkle/shared/project-views'
import { useSearchParams } from 'react-router-dom'
import type { ProjectFilter } from './api.ts'
import { addDays } from './deadline.ts'
import { useToday } from './marks.tsx'

/** How many days after today a window ends, that day not included. */
const windowDays: Record<DeadlineWindow, number> = { overdue: 0, week: 8, month: 32 }

/** The list's filters as its address holds them: `?status=review&artist=me&due=week`. */
export interface FilterParams {
  q: string
  status: ProjectStatus | null
  artist: string | null
  priority: Priority | null
  package: PackageType | null
  due: DeadlineWindow | null
  deleted: boolean
  archived: boolean
  view: ViewLayout | null
  sort: string
}

/** What an address asks for; words it does not know count as nothing. */
export function readFilters(search: URLSearchParams): FilterParams {
  const oneOf = <T extends string>(name: string, known: readonly T[]): T | null =>
    known.find((value) => value === search.get(name)) ?? null
  const artist = search.get('artist')
  return {
    q: search.get('q') ?? '',
    status: oneOf('status', projectStatuses),
    artist: artist !== null && /^(me|nobody|[0-9a-f-]{36})$/.test(artist) ? artist : null,
    priority: oneOf('priority', priorities),
    package: oneOf('package', packageTypes),
    due: oneOf('due', deadlineWindows),
    deleted: search.get('deleted') === '1',
    archived: search.get('archived') === '1',
    view: oneOf('view', viewLayouts),
    sort: oneOf('sort', projectSorts) ?? '-createdAt',
  }
}

export function toApiFilter(params: FilterParams, today: string): ProjectFilter {
  return {
    ...(params.status && { status: params.status }),
    ...(params.artist && { assignedTo: params.artist }),
    ...(params.priority && { priority: params.priority }),
    ...(params.package && { packageType: params.package }),
    ...(params.due && { deadlineBefore: addDays(today, windowDays[params.due]) }),
    ...(params.q.trim() && { q: params.q.trim() }),
    ...(params.deleted && { deleted: true }),
    ...(params.archived && { archived: true }),
  }
}

/** The filters in the address, and how to change them without a new entry in the history. */
export function useProjectFilters() {
  const [search, setSearch] = useSearchParams()
  const today = useToday()
  const params = readFilters(search)
  const set = (changes: Partial<Record<keyof FilterParams | 'columns', string | null>>) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  const active = [params.status, params.artist, params.priority, params.package, params.due].filter(Boolean).length
  const clear = () => set({ q: null, status: null, artist: null, priority: null, package: null, due: null })
  return { params, filter: toApiFilter(params, today), active, set, clear }
}
