import type { OrganizationView, updateOrganizationInput } from '@sparkle/shared/organizations'
import type { healthView } from '@sparkle/shared/activity'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'
import { ProblemError } from '../../lib/problem.ts'

export type UpdateStudioInput = z.input<typeof updateOrganizationInput>
export type HealthView = z.infer<typeof healthView>

export const studioQuery = queryOptions({
  queryKey: ['studio'],
  queryFn: ({ signal }) => http.get<OrganizationView>('/organizations/current', { signal }),
})

/** Changes the studio as it was at `version`; its name is also part of the session. */
export function useUpdateStudio() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...input }: UpdateStudioInput & { version: number }) =>
      http.patch<OrganizationView>('/organizations/current', input, { ifMatch: version }),
    onSuccess: (studio) => {
      client.setQueryData(studioQuery.queryKey, studio)
      // The templates' defaults speak the studio's language.
      void client.invalidateQueries({ queryKey: ['game-templates'] })
      return client.invalidateQueries({ queryKey: ['me'] })
    },
    onError: () => client.invalidateQueries({ queryKey: studioQuery.queryKey }),
    meta: { quiet: true },
  })
}

/** Sets the studio's logo to a file, or takes it away. */
export function useLogo({ id, version }: OrganizationView) {
  const client = useQueryClient()
  const path = `/organizations/${id}/logo`
  return useMutation({
    mutationFn: (file: File | null) => {
      if (!file) return http.delete<OrganizationView>(path, { ifMatch: version })
      const form = new FormData()
      form.append('file', file)
      return http.put<OrganizationView>(path, form, { ifMatch: version, timeoutMs: 60_000 })
    },
    onSuccess: (studio) => client.setQueryData(studioQuery.queryKey, studio),
    onError: () => client.invalidateQueries({ queryKey: studioQuery.queryKey }),
    meta: { quiet: true },
  })
}

/** Asks for the deletion of the studio, or takes it back. It is part of the session, too: what may be changed depends on it. */
export function useDeletion(studioId: string) {
  const client = useQueryClient()
  const path = `/organizations/${studioId}/deletion`
  return useMutation({
    mutationFn: (input: { keep: true } | { keep: false; slug: string }) =>
      input.keep ? http.delete<OrganizationView>(path) : http.post<OrganizationView>(path, { slug: input.slug }),
    onSuccess: (studio) => {
      client.setQueryData(studioQuery.queryKey, studio)
      return client.invalidateQueries({ queryKey: ['me'] })
    },
    meta: { quiet: true },
  })
}

/** What the installation says of itself. These addresses lie beside the API, and 503 is an answer of theirs. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: async ({ signal }): Promise<HealthView['checks']> => {
    const answers = await Promise.all(['deep', 'cache', 'storage'].map((part) => askHealth(part, signal)))
    return Object.assign({}, ...answers.map(({ checks }) => checks))
  },
  refetchInterval: 30_000,
})

async function askHealth(part: string, signal: AbortSignal): Promise<HealthView> {
  let response: Response
  try {
    response = await fetch(`/api/health/${part}`, { signal })
  } catch (error) {
    if (signal.aborted) throw error
    throw new ProblemError({ status: 0, code: 'client.network' }, error)
  }
  if (!response.ok && response.status !== 503)
    throw new ProblemError({ status: response.status, code: 'client.unavailable' })
  return (await response.json()) as HealthView
}
