import type { DomainView, HostingPageInput, HostingPageView } from '@sparkle/shared/domains'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

const all = ['domains'] as const

export const domainsQuery = queryOptions({
  queryKey: [...all, 'list'] as const,
  queryFn: ({ signal }) => http.get<{ items: DomainView[] }>('/domains', { signal }),
})

export const hostingPageQuery = queryOptions({
  queryKey: [...all, 'page'] as const,
  queryFn: ({ signal }) => http.get<HostingPageView>('/hosting-page', { signal }),
})

interface DomainChange<Input, Result> {
  change: (input: Input) => Promise<Result>
  /** Called even where the row that asked is gone by then. */
  onSuccess: (result: Result) => void
  quiet?: boolean
}

/** A change to a domain; afterwards domains and all addresses, which are given with one, are asked for again. */
function useDomainChange<Input, Result>({ change, onSuccess, quiet = false }: DomainChange<Input, Result>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: all }),
        client.invalidateQueries({ queryKey: ['urls'] }),
        client.invalidateQueries({ queryKey: ['projects'] }),
      ]),
    meta: { quiet },
  })
}

export const useAddDomain = (onSuccess: (added: DomainView) => void) =>
  useDomainChange({
    change: (domain: string) => http.post<DomainView>('/domains', { domain }),
    onSuccess,
    quiet: true,
  })

export const useVerifyDomain = (onSuccess: (checked: DomainView) => void) =>
  useDomainChange({ change: ({ id }: DomainView) => http.post<DomainView>(`/domains/${id}/verify`), onSuccess })

export const useSetPrimary = (onSuccess: (changed: DomainView) => void) =>
  useDomainChange({
    change: ({ id, version, isPrimary }: DomainView) =>
      http.patch<DomainView>(`/domains/${id}`, { isPrimary: !isPrimary }, { ifMatch: version }),
    onSuccess,
  })

export const useRemoveDomain = (onSuccess: () => void) =>
  useDomainChange({
    change: ({ id, version }: DomainView) => http.delete(`/domains/${id}`, { ifMatch: version }),
    onSuccess,
  })

export function useSaveHostingPage() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...input }: HostingPageInput & { version: number }) =>
      http.put<HostingPageView>('/hosting-page', input, { ifMatch: version }),
    onSuccess: (saved) => client.setQueryData(hostingPageQuery.queryKey, saved),
    meta: { quiet: true },
  })
}
