import type {
  ApiKeyView,
  CreateApiKeyInput,
  CreatedApiKey,
  CreateServiceAccountInput,
  ServiceAccountView,
} from '@sparkle/shared/api-keys'
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

const all = ['api-keys'] as const

/** One's own keys, one service account's, or those of everybody. */
export type KeyOwner = 'me' | 'everybody' | { userId: string }

export const apiKeyQueries = {
  list: (owner: KeyOwner) =>
    infiniteQueryOptions({
      queryKey: [...all, 'list', owner] as const,
      queryFn: ({ pageParam, signal }) => {
        const whose = typeof owner === 'string' ? { owner } : owner
        return http.get<Page<ApiKeyView>>('/api-keys', { query: { ...whose, limit: 50, cursor: pageParam }, signal })
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  serviceAccounts: infiniteQueryOptions({
    queryKey: [...all, 'service-accounts'] as const,
    queryFn: ({ pageParam, signal }) =>
      http.get<Page<ServiceAccountView>>('/service-accounts', { query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  }),
}

/** A change after which keys and service accounts are asked for again: each shows figures of the other. */
function useKeyChange<Input, Result>(change: (input: Input) => Promise<Result>, quiet = true) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: all }),
    meta: { quiet },
  })
}

export const useCreateKey = () =>
  useKeyChange((input: CreateApiKeyInput) => http.post<CreatedApiKey>('/api-keys', input))

export const useRevokeKey = () =>
  useKeyChange(({ id, version }: ApiKeyView) => http.delete(`/api-keys/${id}`, { ifMatch: version }), false)

export const useAddServiceAccount = () =>
  useKeyChange((input: CreateServiceAccountInput) => http.post<ServiceAccountView>('/service-accounts', input))

export const useServiceAccountStep = (step: 'deactivate' | 'reactivate') =>
  useKeyChange(
    ({ id, version }: ServiceAccountView) =>
      http.post<ServiceAccountView>(`/service-accounts/${id}/${step}`, undefined, { ifMatch: version }),
    false,
  )
