import type { ProjectList } from '@sparkle/shared/projects'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

/** The projects of the customer's account; the API shows customers no others. The key lies under `projects`, so events keep it fresh. */
export const ownGamesQuery = infiniteQueryOptions({
  queryKey: ['projects', 'own'],
  queryFn: ({ pageParam, signal }) =>
    http.get<ProjectList>('/projects', { query: { include: 'progress', cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})
