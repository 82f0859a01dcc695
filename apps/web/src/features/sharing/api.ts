import type { CreatedGuestLink, CreateGuestLinkInput, GuestLinkView, GuestVisitView } from '@sparkle/shared/guest-links'
import type { CreateProjectInviteInput, ProjectInviteView } from '@sparkle/shared/project-invites'
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}

const all = ['sharing'] as const

function paged<T>(key: readonly unknown[], path: string) {
  return infiniteQueryOptions({
    queryKey: [...all, ...key],
    queryFn: ({ pageParam, signal }) => http.get<Page<T>>(path, { query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

export const sharingQueries = {
  all,
  invites: (projectId: string) => paged<ProjectInviteView>(['invites', projectId], `/projects/${projectId}/invites`),
  links: (projectId: string) => paged<GuestLinkView>(['links', projectId], `/projects/${projectId}/guest-links`),
  uses: (linkId: string) => paged<GuestVisitView>(['uses', linkId], `/guest-links/${linkId}/uses`),
}

/** A change after which everything that is shared is asked for again; the project too, which may have got its client. */
function useShareChange<Input, Result>(change: (input: Input) => Promise<Result>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: all }),
        client.invalidateQueries({ queryKey: ['projects'] }),
        client.invalidateQueries({ queryKey: ['clients'] }),
      ]),
    meta: { quiet },
  })
}

export const useInvite = (projectId: string) =>
  useShareChange(
    (input: CreateProjectInviteInput) => http.post<ProjectInviteView>(`/projects/${projectId}/invites`, input),
    true,
  )
export const useResendInvite = () =>
  useShareChange(
    ({ id, version }: ProjectInviteView) =>
      http.post<ProjectInviteView>(`/invites/${id}/resend`, undefined, { ifMatch: version }),
    false,
  )
export const useRevokeInvite = () =>
  useShareChange(({ id, version }: ProjectInviteView) => http.delete(`/invites/${id}`, { ifMatch: version }), false)

export const useMakeLink = (projectId: string) =>
  useShareChange(
    (input: CreateGuestLinkInput) => http.post<CreatedGuestLink>(`/projects/${projectId}/guest-links`, input),
    true,
  )
export const useRevokeLink = () =>
  useShareChange(({ id, version }: GuestLinkView) => http.delete(`/guest-links/${id}`, { ifMatch: version }), false)
