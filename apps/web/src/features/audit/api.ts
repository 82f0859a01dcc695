import type {
  AuditDetail,
  AuditEntity,
  AuditEntry,
  ChainView,
  RestoreInput,
  RestorePreview,
  RestoreResult,
} from '@sparkle/shared/audit'
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface AuditPage {
  items: AuditEntry[]
  nextCursor: string | null
}

/** The filters of the log, as the API names them. */
export interface AuditFilter {
  q?: string | undefined
  entity?: AuditEntity | undefined
  projectId?: string | undefined
  /** Instants. */
  from?: string | undefined
  to?: string | undefined
}

export const auditQueries = {
  all: ['audit'] as const,
  list: (filter: AuditFilter) =>
    infiniteQueryOptions({
      queryKey: [...auditQueries.all, 'list', filter] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<AuditPage>('/audit', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  /** With `personal`, asking is itself put on record. */
  entry: (id: string, personal: boolean) =>
    queryOptions({
      queryKey: [...auditQueries.all, 'entry', id, personal] as const,
      queryFn: ({ signal }) => http.get<AuditDetail>(`/audit/${id}`, { query: { personal: personal || null }, signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  preview: (id: string, state: RestoreInput['state']) =>
    queryOptions({
      queryKey: ['audit-preview', id, state] as const,
      queryFn: ({ signal }) => http.post<RestorePreview>(`/audit/${id}/restore/preview`, { state }, { signal }),
      gcTime: 0,
      staleTime: 0,
    }),
}

/** Walks the whole chain, which may take a while. */
export function useVerifyChain() {
  return useMutation({ mutationFn: () => http.get<ChainView>('/audit/verify', { timeoutMs: 300_000 }) })
}

/** Everything may be another after a restore, so that everything is asked for again. */
export function useRestore() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, state, version }: { id: string; state: RestoreInput['state']; version: number }) =>
      http.post<RestoreResult>(`/audit/${id}/restore`, { state }, { ifMatch: version }),
    onSuccess: () => client.invalidateQueries(),
  })
}
