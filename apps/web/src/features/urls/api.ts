import type {
  AnalyticsView,
  availabilityView,
  DeploymentView,
  Granularity,
  DeployPreview,
  DeployUrlInput,
  ReserveUrlInput,
  RollBackUrlInput,
  SuggestionList,
  UpdateUrlInput,
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
import type { PeriodQuery } from '../../lib/period.ts'

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
  deployPreview: (id: string, buildId: string) =>
    queryOptions({
      queryKey: [...urlQueries.all, 'deploy-preview', id, buildId] as const,
      queryFn: ({ signal }) => http.get<DeployPreview>(`/urls/${id}/deploy-preview`, { query: { buildId }, signal }),
    }),
  deployments: (id: string) =>
    infiniteQueryOptions({
      queryKey: [...urlQueries.all, 'deployments', id] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<Page<DeploymentView>>(`/urls/${id}/deployments`, { query: { limit: 10, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  analytics: (id: string, range: PeriodQuery & { granularity: Granularity }) =>
    queryOptions({
      queryKey: [...urlQueries.all, 'analytics', id, range] as const,
      queryFn: ({ signal }) => http.get<AnalyticsView>(`/urls/${id}/analytics`, { query: { ...range }, signal }),
      refetchInterval: figuresMs,
      placeholderData: keepPreviousData,
    }),
}

interface UrlChange<Input, Result> {
  change: (input: Input) => Promise<Result>
  /** Called even where the row or form that asked is gone by then. */
  onSuccess: (result: Result, input: Input) => void
  onError?: (error: Error) => void
  quiet?: boolean
}

/** A change to an address; afterwards everything that shows addresses or projects is asked for again. */
function useUrlChange<Input, Result>({ change, onSuccess, onError, quiet = false }: UrlChange<Input, Result>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (result, input) => onSuccess(result, input),
    onError: (error) => onError?.(error),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: urlQueries.all }),
        client.invalidateQueries({ queryKey: ['projects'] }),
        client.invalidateQueries({ queryKey: ['dashboard'] }),
      ]),
    meta: { quiet },
  })
}

export const useReserveUrl = (projectId: string, onSuccess: (url: UrlView) => void) =>
  useUrlChange({
    change: (input: ReserveUrlInput) => http.post<UrlView>(`/projects/${projectId}/urls`, input),
    onSuccess,
    quiet: true,
  })

export const useUpdateUrl = ({ id, version }: UrlView, onSuccess: (url: UrlView) => void) =>
  useUrlChange({
    change: (input: UpdateUrlInput) => http.patch<UrlView>(`/urls/${id}`, input, { ifMatch: version }),
    onSuccess,
    quiet: true,
  })

export const useRenewUrl = (onSuccess: () => void) =>
  useUrlChange({
    change: ({ id, version }: UrlView) => http.post<UrlView>(`/urls/${id}/renew`, undefined, { ifMatch: version }),
    onSuccess,
  })

export const useDeleteUrl = (onSuccess: (url: UrlView) => void) =>
  useUrlChange({
    change: ({ id, version }: UrlView) => http.delete(`/urls/${id}`, { ifMatch: version }),
    onSuccess: (_nothing, url) => onSuccess(url),
  })

export const useDeployUrl = ({ id }: UrlView, onSuccess: (url: UrlView) => void) =>
  useUrlChange({
    change: (input: DeployUrlInput) => http.post<UrlView>(`/urls/${id}/deploy`, input),
    onSuccess,
    quiet: true,
  })

/** Refused, it says nothing by itself: whoever may override an approval that is missing is asked for the reason. */
export const useRollBackUrl = ({ id }: UrlView, onSuccess: () => void, onError?: (error: Error) => void) =>
  useUrlChange({
    change: (input: RollBackUrlInput) => http.post<UrlView>(`/urls/${id}/rollback`, input),
    onSuccess,
    ...(onError && { onError }),
    quiet: true,
  })
