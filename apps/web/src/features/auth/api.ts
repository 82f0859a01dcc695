import type {
  acceptedInviteView,
  acceptInviteInput,
  confirmedEmailView,
  inviteView,
  loginInput,
  MeView,
  resetView,
} from '@sparkle/shared/auth'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'
import { meQuery, noteSignedIn, personIn } from '../../lib/session.tsx'

export type LoginInput = z.infer<typeof loginInput>
export type InviteView = z.infer<typeof inviteView>
export type AcceptInviteInput = z.infer<typeof acceptInviteInput>

export const inviteQuery = (token: string) =>
  queryOptions({
    queryKey: ['invite', token],
    queryFn: ({ signal }) => http.get<InviteView>(`/public/invites/${encodeURIComponent(token)}`, { signal }),
    staleTime: Infinity,
    // Used and withdrawn are answers for good, and asking again after joining would find it used.
    refetchOnMount: false,
  })

/**
 * Signs in. The reply also carries an access token for scripts; the SPA lives by the cookies alone and lets it go.
 * Everything in the query cache belonged to somebody else and is dropped.
 */
export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: LoginInput) => {
      await http.post('/auth/login', input, { refresh: false })
    },
    onSuccess: () => client.clear(),
    meta: { quiet: true },
  })
}

/** Signs the same person in again, in the same studio, with everything of theirs still in the cache. */
export function useSignInAgain({ user, organization }: MeView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: Pick<LoginInput, 'password' | 'totp'>) => {
      await http.post('/auth/login', { email: user.email, ...input }, { refresh: false })
      const now = await http.get<MeView>('/me')
      if (organization && now.organization?.id !== organization.id)
        await http.post('/auth/switch', { organizationId: organization.id })
    },
    onSuccess: () => client.invalidateQueries(),
    meta: { quiet: true },
  })
}

/** Joins and signs in. The invitation stays in the cache: its page is still there, and asking again would find it used. */
export function useAcceptInvite(token: string) {
  const client = useQueryClient()
  const { queryKey } = inviteQuery(token)
  return useMutation({
    mutationFn: async (input: AcceptInviteInput) => {
      const path = `/public/invites/${encodeURIComponent(token)}/accept`
      const { projectId } = await http.post<z.infer<typeof acceptedInviteView>>(path, input, { refresh: false })
      return { projectId }
    },
    onSuccess: () => client.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] }),
    meta: { quiet: true },
  })
}

export function useForgotPassword() {
  return useMutation({
    mutationFn: (email: string) => http.post<void>('/auth/forgot-password', { email }, { refresh: false }),
    meta: { quiet: true },
  })
}

/** Whether a link is still good: a fact of this moment, asked once when its page is opened. */
export const resetQuery = (token: string) =>
  queryOptions({
    queryKey: ['password-reset', token],
    queryFn: () => http.post<z.infer<typeof resetView>>('/auth/reset-password/check', { token }, { refresh: false }),
    staleTime: Infinity,
    retry: false,
  })

/** Ends every session of the person, the one in this browser included. */
export function useResetPassword(token: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (password: string) => http.post<void>('/auth/reset-password', { token, password }, { refresh: false }),
    onSuccess: () => client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'password-reset' }),
    meta: { quiet: true },
  })
}

export function useConfirmEmail(token: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      http.post<z.infer<typeof confirmedEmailView>>('/auth/confirm-email', { token }, { refresh: false }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['me'] }),
    meta: { quiet: true },
  })
}

/** Leaves the page first: what is on it must not ask again for data that is gone. */
export function useSignOut(leave: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => http.post<void>('/auth/logout', undefined, { refresh: false }),
    onSuccess: () => {
      leave()
      client.clear()
    },
  })
}

/** Another studio, another world: nothing of the old one stays in the cache. */
export function useSwitchStudio(leave: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (organizationId: string) => http.post<unknown>('/auth/switch', { organizationId }),
    onSuccess: (_done, organizationId) => {
      // At once: other tabs must not send to this studio what was written in the one before.
      const me = client.getQueryData(meQuery.queryKey)
      if (me) noteSignedIn(personIn(organizationId, me.user.id))
      leave()
      return client.resetQueries()
    },
  })
}

export function useStepUp() {
  return useMutation({
    mutationFn: (totp: string) => http.post<void>('/auth/step-up', { totp }),
    meta: { quiet: true },
  })
}
