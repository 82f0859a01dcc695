import type {
  changeEmailInput,
  changePasswordInput,
  MeView,
  ProfileView,
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
