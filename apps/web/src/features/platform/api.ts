import type { OrganizationStatus, Plan } from '@sparkle/shared/organizations'
import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface StudioPage {
  items: PlatformOrganizationView[]
  nextCursor: string | null
}

export interface StudioFilter {
  q: string
  status: OrganizationStatus | ''
}

const all = ['platform-studios'] as const

export const platformStudiosQuery = (filter: StudioFilter) =>
  infiniteQueryOptions({
    queryKey: [...all, filter],
    queryFn: ({ pageParam, signal }) =>
      http.get<StudioPage>('/platform/organizations', {
        query: { q: filter.q, ...(filter.status && { status: filter.status }), limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export type StudioStep =
  { step: 'suspend' | 'act-as'; reason: string } | { step: 'unsuspend' } | { step: 'plan'; plan: Plan }

/** What somebody of the platform does to a studio; the list is asked for again. */
export function useStudioStep(studioId: string) {
  const client = useQueryClient()
  const path = `/platform/organizations/${studioId}`
  return useMutation({
    mutationFn: (input: StudioStep) => {
      if (input.step === 'plan') return http.patch<PlatformOrganizationView>(path, { plan: input.plan })
      const body = 'reason' in input ? { reason: input.reason } : undefined
      return http.post<PlatformOrganizationView>(`${path}/${input.step}`, body)
    },
    // Whoever acts in the studio is somewhere else from now on: nothing that was asked before holds.
    onSuccess: (_studio, { step }) =>
      step === 'act-as' ? client.resetQueries() : client.invalidateQueries({ queryKey: all }),
    meta: { quiet: true },
  })
}

/** Ends the work in a studio; the platform's own pages are there again. */
export function useLeaveStudio(leave: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => http.post<void>('/platform/act-as/leave'),
    onSuccess: () => {
      leave()
      return client.resetQueries()
    },
  })
}
