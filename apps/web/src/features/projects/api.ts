import type { AccountDetail } from '@sparkle/shared/accounts'
import type {
  CreateProjectInput,
  createProjectInput,
  Priority,
  ProjectList,
  ProjectView,
} from '@sparkle/shared/projects'
import type { PackageType } from '@sparkle/shared/games'
import type { ProfileView } from '@sparkle/shared/profiles'
import type { Role } from '@sparkle/shared/permissions'
import type { SearchResults } from '@sparkle/shared/search'
import type { UserView } from '@sparkle/shared/users'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'

/** What a new project is made from, before the API fills in its defaults. */
export type NewProject = z.input<typeof createProjectInput> & Pick<CreateProjectInput, 'petName'>

/** The filters of a list, as the API names them. */
export interface ProjectFilter {
  /** One, or several separated by commas. */
  status?: string | undefined
  /** A person's id, `me` or `nobody`. */
  assignedTo?: string | undefined
  priority?: Priority | undefined
  packageType?: PackageType | undefined
  /** A day; deadlines before it, not on it. */
  deadlineBefore?: string | undefined
  /** A day; deadlines on it or after it. */
  deadlineFrom?: string | undefined
  unscheduled?: boolean | undefined
  archived?: boolean | undefined
  q?: string | undefined
  sort?: string | undefined
  deleted?: boolean | undefined
}

const pageSize = 50

/** A filter as the API's query has it. */
export const listQuery = ({ deleted, archived, unscheduled, ...filter }: ProjectFilter) => ({
  ...filter,
  deleted: deleted || undefined,
  archived: archived || undefined,
  unscheduled: unscheduled || undefined,
})

export const projectQueries = {
  all: ['projects'] as const,
  lists: ['projects', 'list'] as const,
  details: ['projects', 'detail'] as const,
  list: ({ deleted, archived, unscheduled, ...filter }: ProjectFilter, size = pageSize) =>
    infiniteQueryOptions({
      queryKey: [
        ...projectQueries.lists,
        { ...filter, ...(deleted && { deleted }), ...(archived && { archived }), ...(unscheduled && { unscheduled }) },
        ...(size === pageSize ? [] : [size]),
      ] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<ProjectList>('/projects', {
          query: {
            ...listQuery({ deleted, archived, unscheduled, ...filter }),
            limit: size,
            include: 'total,progress',
            cursor: pageParam,
          },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...projectQueries.details, id] as const,
      queryFn: ({ signal }) => http.get<ProjectView>(`/projects/${id}`, { signal }),
    }),
  /** Projects, addresses and people, for the palette. */
  search: (q: string) =>
    queryOptions({
      queryKey: [...projectQueries.all, 'search', q] as const,
      queryFn: ({ signal }) => http.get<SearchResults>('/search', { query: { q }, signal }),
      enabled: q.trim().length > 1,
      placeholderData: keepPreviousData,
    }),
}

/** Who a project can be given to; needs `users:read`. All of them: a menu that leaves some out is of no use. */
export const assignableQuery = queryOptions({
  queryKey: ['users', 'assignable'] as const,
  queryFn: async ({ signal }) => {
    const people: UserView[] = []
    let cursor: string | null = null
    do {
      const page: UserPage = await http.get('/users', { query: { role: canDraw, limit: 100, cursor }, signal })
      people.push(...page.items)
      cursor = page.nextCursor
    } while (cursor)
    return people.filter(({ status }) => status === 'active')
  },
  staleTime: 5 * 60_000,
})
/** What people can do and how much time they have, by person; needs `profiles:read`. */
export const artistProfilesQuery = queryOptions({
  queryKey: ['users', 'artist-profiles'] as const,
  queryFn: async ({ signal }) => {
    const { items } = await http.get<{ items: ProfileView[] }>('/profiles', {
      query: { kind: 'artist', limit: 100 },
      signal,
    })
    return new Map(items.flatMap((one) => (one.kind === 'artist' ? [[one.userId, one] as const] : [])))
  },
  staleTime: 5 * 60_000,
})
const canDraw: readonly Role[] = ['admin', 'manager', 'artist']
interface UserPage {
  items: UserView[]
  nextCursor: string | null
}

/** Pets of the studio's clients by a part of their name; without any, the newest. The key is that of clients. */
export const petSearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['clients', 'pets', 'search', q],
    queryFn: async ({ signal }) => {
      const query = { kind: 'pet', limit: 20, ...(q && { q }) }
      const { items } = await http.get<{ items: ProfileView[] }>('/profiles', { query, signal })
      return items.filter((one) => one.kind === 'pet')
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

/** A client with its contacts, under the same key as its page. */
export const petClientQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['clients', 'detail', accountId],
    queryFn: ({ signal }) => http.get<AccountDetail>(`/accounts/${accountId}`, { signal }),
  })
