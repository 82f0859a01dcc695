import type {
  foundedOrganizationView,
  foundOrganizationInput,
  OrganizationStatus,
  Plan,
} from '@sparkle/shared/organizations'
import type { PlatformLogEntry, PlatformOrganizationView } from '@sparkle/shared/platform'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export interface StudioFilter {
  q: string
  status: OrganizationStatus | ''
}

const all = ['platform'] as const

export const platformStudiosQuery = (filter: StudioFilter) =>
  infiniteQueryOptions({
    queryKey: [...all, 'studios', filter],
    queryFn: ({ pageParam, signal }) =>
      http.get<Page<PlatformOrganizationView>>('/platform/organizations', {
        query: { q: filter.q, ...(filter.status && { status: filter.status }), limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const platformStudioQuery = (studioId: string) =>
  queryOptions({
    queryKey: [...all, 'studio', studioId],
    queryFn: ({ signal }) => http.get<PlatformOrganizationView>(`/platform/organizations/${studioId}`, { signal }),
  })

/** What people of the platform did to one studio, the newest first. */
export const platformLogQuery = (studioId: string) =>
  infiniteQueryOptions({
    queryKey: [...all, 'log', studioId],
    queryFn: ({ pageParam, signal }) =>
      http.get<Page<PlatformLogEntry>>('/platform/log', {
        query: { organizationId: studioId, limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export type StudioStep =
  { step: 'suspend' | 'act-as'; reason: string } | { step: 'unsuspend' } | { step: 'plan'; plan: Plan }

/** What somebody of the platform does to a studio; lists and log are asked for again. */
export function useStudioStep(studioId: string) {
  const client = useQueryClient()
  const path = `/platform/organizations/${studioId}`
  return useMutation({
    mutationFn: (input: StudioStep) => {
      if (input.step === 'plan') return http.patch<PlatformOrganizationView>(path, { plan: input.plan })
      const body = 'reason' in input ? { reason: input.reason } : undefined
      return http.post<PlatformOrganizationView>(`${path}/${input.step}`, body)
    },
    onSuccess: (_studio, { step }) =>
      step === 'act-as' ? enterAnotherWorld('/') : client.invalidateQueries({ queryKey: all }),
    meta: { quiet: true },
  })
}

export function useFoundStudio() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: z.input<typeof foundOrganizationInput>) =>
      http.post<z.infer<typeof foundedOrganizationView>>('/organizations', input),
    onSuccess: () => client.invalidateQueries({ queryKey: all }),
    meta: { quiet: true },
  })
}

/** Ends the work in a studio; the session is the platform's again. */
export function useLeaveStudio() {
  return useMutation({
    mutationFn: () => http.post<void>('/platform/act-as/leave'),
    onSuccess: () => enterAnotherWorld('/platform'),
  })
}

/**
 * The session belongs somewhere else now. A new page, because whatever this one still asks (a socket that comes back, a
 * query that is renewed) would be refused, and nothing that it knows may show there.
 */
function enterAnotherWorld(path: string): void {
  window.location.assign(path)
}
