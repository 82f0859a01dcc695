import type { z } from 'zod'
import type {
  Choice,
  deliveryList,
  DeliveryView,
  phoneView,
  PreferencesInput,
  PreferencesView,
  unsubscribeView,
} from '@sparkle/shared/notifications'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

export const preferencesQuery = queryOptions({
  queryKey: ['notification-preferences'],
  queryFn: ({ signal }) => http.get<PreferencesView>('/me/notification-preferences', { signal }),
})

const inputOf = ({ choices, quietHours, digest, mentionsPassMute }: PreferencesView): PreferencesInput => ({
  choices,
  quietHours,
  digest,
  mentionsPassMute,
})

/**
 * Changes preferences: at once in the page, taken back if the API refuses. What is sent is the whole of what the page
 * shows, one after the other, so that quick changes never undo each other.
 */
export function useChangePreferences() {
  const client = useQueryClient()
  const { queryKey } = preferencesQuery
  return useMutation({
    scope: { id: 'notification-preferences' },
    mutationFn: async (_change: Partial<PreferencesInput>) => {
      const shown = client.getQueryData(queryKey)
      return shown && http.put<PreferencesView>('/me/notification-preferences', inputOf(shown))
    },
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey })
      const before = client.getQueryData(queryKey)
      client.setQueryData(queryKey, (shown) => shown && { ...shown, ...change })
      return { before }
    },
    onError: (_error, _change, context) => client.setQueryData(queryKey, context?.before),
    onSettled: () => {
      if (client.isMutating({ mutationKey: queryKey }) <= 1) void client.invalidateQueries({ queryKey })
    },
    mutationKey: queryKey,
  })
}

/** The list with one choice changed. */
export function withChoice(choices: readonly Choice[], changed: Choice): Choice[] {
  return choices.map((one) => (one.kind === changed.kind && one.channel === changed.channel ? changed : one))
}

type Phone = z.infer<typeof phoneView>

function usePhoneChange<I, O>(change: (input: I) => Promise<O>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: preferencesQuery.queryKey }),
    meta: { quiet },
  })
}

export const useSetPhone = () => usePhoneChange((phone: string) => http.put<Phone>('/me/phone', { phone }), true)
export const useConfirmPhone = () =>
  usePhoneChange((code: string) => http.post<Phone>('/me/phone/confirm', { code }), true)
export const useRemovePhone = () => usePhoneChange(() => http.delete('/me/phone'), false)

export const failedDeliveriesQuery = queryOptions({
  queryKey: ['notification-deliveries', 'failed'],
  queryFn: ({ signal }) =>
    http.get<z.infer<typeof deliveryList>>('/notification-deliveries', {
      query: { status: 'failed', limit: 50 },
      signal,
    }),
})

export function useRetryDelivery() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => http.post<DeliveryView>(`/notification-deliveries/${id}/retry`),
    onSettled: () => client.invalidateQueries({ queryKey: failedDeliveriesQuery.queryKey }),
  })
}

type MailSubscription = z.infer<typeof unsubscribeView>

export const mailSubscriptionQuery = (token: string) =>
  queryOptions({
    queryKey: ['mail-subscription', token],
    queryFn: ({ signal }) => http.get<MailSubscription>(`/public/unsubscribe/${token}`, { signal }),
    retry: false,
  })

/** Stops the mails of a link, or takes them up again. */
export function useSetSubscription(token: string) {
  const client = useQueryClient()
  const path = `/public/unsubscribe/${token}`
  return useMutation({
    mutationFn: (subscribed: boolean) =>
      subscribed ? http.put<MailSubscription>(path, {}) : http.post<MailSubscription>(path, {}),
    onSuccess: (now) => client.setQueryData(mailSubscriptionQuery(token).queryKey, now),
  })
}

interface Mute {
  muted: boolean
}

export const muteQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['project-mute', projectId],
    queryFn: ({ signal }) => http.get<Mute>(`/projects/${projectId}/mute`, { signal }),
  })

export function useMute(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (muted: boolean) => {
      const path = `/projects/${projectId}/mute`
      return muted ? http.post<Mute>(path) : http.delete<Mute>(path)
    },
    onSuccess: (mute) => client.setQueryData(muteQuery(projectId).queryKey, mute),
  })
}
