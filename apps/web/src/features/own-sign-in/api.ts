import type {
  CreateProviderInput,
  ProviderView,
  providerTestStart,
  UpdateProviderInput,
} from '@sparkle/shared/identity-providers'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'

const base = '/identity-providers'

export const providersQuery = queryOptions({
  queryKey: ['identity-providers'],
  queryFn: ({ signal }) => http.get<{ items: ProviderView[] }>(base, { signal }),
})

function useProviderChange<I, O>(change: (input: I) => Promise<O>, quiet = false) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: providersQuery.queryKey }),
    // A secret is on its way in some of these; it is not to stay in the page.
    gcTime: 0,
    meta: { quiet },
  })
}

export const useAddProvider = () =>
  useProviderChange((input: CreateProviderInput) => http.post<ProviderView>(base, input), true)

export const useChangeProvider = ({ id, version }: ProviderView, quiet = false) =>
  useProviderChange(
    (input: UpdateProviderInput) => http.patch<ProviderView>(`${base}/${id}`, input, { ifMatch: version }),
    quiet,
  )

export const useRemoveProvider = ({ id, version }: ProviderView) =>
  useProviderChange(() => http.delete(`${base}/${id}`, { ifMatch: version }))

export const useVerifyDomain = ({ id }: ProviderView) =>
  useProviderChange((domain: string) => http.post<ProviderView>(`${base}/${id}/verify-domain`, { domain }))

/** Leaves for the provider's page; what it said is there when it has led back here. */
export const useTryOut = ({ id }: ProviderView) =>
  useMutation({
    mutationFn: () => http.post<z.infer<typeof providerTestStart>>(`${base}/${id}/test`),
    onSuccess: ({ url }) => window.location.assign(url),
  })
