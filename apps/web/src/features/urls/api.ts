import type {
  AnalyticsView,
  availabilityView,
  DeploymentView,
  DeployUrlInput,
  SuggestionList,
  UrlStatus,
  UrlView,
} from '@sparkle/shared/urls'
import { slugPattern } from '@sparkle/shared/text'
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export interface UrlFilter {
  projectId?: string
  status?: UrlStatus | undefined
}

/** Views and plays bring no event: figures in sight are asked for again. */
const figuresMs = 10_000

export const urlQueries = {
  all: ['urls'] as const,
  list: (filter: UrlFilter) =>
    infiniteQueryOptions({
      queryKey: [...urlQueries.all, 'list', filter] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<Page<UrlView>>('/urls', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: figuresMs,
    }),
  suggestions: (projectId: string) =>
    queryOptions({
      queryKey: [...urlQueries.all, 'suggestions', projectId] as const,
      queryFn: ({ signal }) => http.get<SuggestionList>(`/projects/${projectId}/url-suggestions`, { signal }),
    }),
  availability: (slug: string) =>
    queryOptions({
      queryKey: [...urlQueries.all, 'availability', slug] as const,
      queryFn: ({ signal }) =>
        http.get<z.infer<typeof availabilityView>>('/urls/availability', { query: { slug }, signal }),
      enabled: slugPattern.test(slug),
      staleTime: 5000,
    }),
  deployments: (id: string) =>
    infiniteQueryOptions({
      queryKey: [...urlQueries.all, 'deployments', id] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<Page<DeploymentView>>(`/urls/${id}/deployments`, { query: { limit: 10, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  analytics: (id: string, range: { from?: string; granularity: 'hour' | 'day' }) =>
    queryOptions({
      queryKey: [...urlQueries.all, 'analytics', id, range] as const,
      queryFn: ({ signal }) => http.get<AnalyticsView>(`/urls/${id}/analytics`, { query: { ...range }, signal }),
      refetchInterval: figuresMs,
      placeholderData: keepPreviousData,
    }),
}

/** A change to an address; afterwards everything that shows addresses or projects is asked for again. */
function useUrlChange<Input, Result>(change: (input: Input) => Promise<Result>, quiet = false) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: urlQueries.all }),
        client.invalidateQueries({ queryKey: ['projects'] }),
        client.invalidateQueries({ queryKey: ['dashboard'] }),
      ]),
    meta: { quiet },
  })
}

export const useReserveUrl = (projectId: string) =>
  useUrlChange((slug: string) => http.post<UrlView>(`/projects/${projectId}/urls`, { slug }), true)

export const useRenameUrl = ({ id, version }: UrlView) =>
  useUrlChange((slug: string) => http.patch<UrlView>(`/urls/${id}`, { slug }, { ifMatch: version }), true)

export const useRenewUrl = () =>
  useUrlChange(({ id, version }: UrlView) => http.post<UrlView>(`/urls/${id}/renew`, undefined, { ifMatch: version }))

export const useDeleteUrl = () =>
  useUrlChange(({ id, version }: UrlView) => http.delete(`/urls/${id}`, { ifMatch: version }))

export const useDeployUrl = ({ id }: UrlView) =>
  useUrlChange((input: DeployUrlInput) => http.post<UrlView>(`/urls/${id}/deploy`, input), true)

export const useRollBackUrl = () => useUrlChange(({ id }: UrlView) => http.post<UrlView>(`/urls/${id}/rollback`))
