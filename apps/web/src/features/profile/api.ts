import type {
  changeEmailInput,
  changePasswordInput,
  enrolmentView,
  MeView,
  ProfileView,
  recoveryCodesView,
  secondFactorView,
  SessionView,
  UpdateProfileInput,
} from '@sparkle/shared/auth'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { http } from '../../lib/http.ts'
import { meQuery } from '../../lib/session.tsx'

/** Changes the own profile as it was at `version`; names, dates and times follow on the whole page at once. */
export function useUpdateProfile() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ version, ...input }: UpdateProfileInput & { version: number }) =>
      http.patch<ProfileView>('/me', input, { ifMatch: version }),
    onSuccess: (user) => {
      client.setQueryData(meQuery.queryKey, (me) => me && ({ ...me, user } satisfies MeView))
      return client.invalidateQueries({ queryKey: ['users'] })
    },
    onError: () => client.invalidateQueries({ queryKey: meQuery.queryKey }),
    meta: { quiet: true },
  })
}

interface SessionList {
  items: SessionView[]
}

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => http.get<SessionList>('/me/sessions', { signal }),
})

/** Ends sessions of one's own: gone from the list at once, back in it if the API refuses. */
export function useEndSessions() {
  const client = useQueryClient()
  const { queryKey } = sessionsQuery
  return useMutation({
    mutationFn: (ids: readonly string[]) => Promise.all(ids.map((id) => http.delete(`/me/sessions/${id}`))),
    onMutate: async (ids) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      client.setQueryData(queryKey, (list) => list && { items: list.items.filter(({ id }) => !ids.includes(id)) })
      return { before }
    },
    onError: (_error, _ids, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey }),
  })
}

/** Ends all other sessions. */
export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: z.infer<typeof changePasswordInput>) => http.post<void>('/me/password', input),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
    meta: { quiet: true },
  })
}

function useProfileChange<T>(change: (input: T) => Promise<ProfileView>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (user) => client.setQueryData(meQuery.queryKey, (me) => me && ({ ...me, user } satisfies MeView)),
    meta: { quiet },
  })
}

export const useAskForEmail = () =>
  useProfileChange((input: z.infer<typeof changeEmailInput>) => http.post<ProfileView>('/me/email-change', input), true)
export const useKeepEmail = () => useProfileChange(() => http.delete<ProfileView>('/me/email-change'), false)

export function useResendConfirmation() {
  return useMutation({ mutationFn: () => http.post<void>('/me/email-change/resend') })
}

export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: ({ signal }) => http.get<z.infer<typeof secondFactorView>>('/me/second-factor', { signal }),
})

/** A secret for the app, made anew each time it is asked for and kept nowhere in the page but here. */
export function useBeginSecondFactor() {
  return useMutation({
    mutationFn: () => http.post<z.infer<typeof enrolmentView>>('/me/second-factor'),
    gcTime: 0,
    meta: { quiet: true },
  })
}

function useFactorChange<I, O>(change: (input: I) => Promise<O>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: secondFactorQuery.queryKey }),
    gcTime: 0,
    meta: { quiet },
  })
}

type Codes = z.infer<typeof recoveryCodesView>
export const useConfirmSecondFactor = () =>
  useFactorChange((totp: string) => http.post<Codes>('/me/second-factor/confirm', { totp }), true)
export const useRenewCodes = () => useFactorChange(() => http.post<Codes>('/me/second-factor/recovery-codes'), false)
export const useTurnSecondFactorOff = () => useFactorChange(() => http.delete('/me/second-factor'), false)
