import type { z } from 'zod'
import type { pushSubscriptionList, pushSubscriptionView } from '@sparkle/shared/notifications'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { workerPath as worker } from '../../lib/service-worker.ts'

type Device = z.infer<typeof pushSubscriptionView>

/** What this browser can do: `unsupported` also where the page came over plain http from another machine. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on'

const hereKey = 'sc.push'

const devicesQuery = queryOptions({
  queryKey: ['push', 'devices'],
  queryFn: ({ signal }) => http.get<z.infer<typeof pushSubscriptionList>>('/me/push-subscriptions', { signal }),
})

/** The person's browsers, and which of them this one is. */
export const pushQuery = queryOptions({
  queryKey: ['push', 'here'],
  queryFn: async ({ client }): Promise<{ state: PushState; hereId: string | null; devices: Device[] }> => {
    const { items: devices } = await client.fetchQuery(devicesQuery)
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
      return { state: 'unsupported', hereId: null, devices }
    if (Notification.permission === 'denied') return { state: 'denied', hereId: null, devices }
    const registration = await navigator.serviceWorker.getRegistration(worker)
    const subscription = await registration?.pushManager.getSubscription()
    const hereId = subscription ? localStorage.getItem(hereKey) : null
    const known = devices.some(({ id }) => id === hereId)
    return { state: known ? 'on' : 'off', hereId: known ? hereId : null, devices }
  },
  gcTime: 0,
})

/** Raised where the person has just said no. */
export class PushRefused extends Error {}

/** Asks the browser, and lets this studio write to it. */
export function useTurnPushOn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (publicKey: string) => {
      if ((await Notification.requestPermission()) !== 'granted')
        throw new PushRefused('Notifications are not allowed.')
      await navigator.serviceWorker.register(worker)
      const { pushManager } = await navigator.serviceWorker.ready
      const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey })
      const { id } = await http.post<Device>('/me/push-subscriptions', subscription.toJSON())
      localStorage.setItem(hereKey, id)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['push'] }),
    meta: { quiet: true },
  })
}

/** Takes a browser off; of this one the subscription ends as well. */
export function useTurnPushOff() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, here }: { id: string; here: boolean }) => {
      await http.delete(`/me/push-subscriptions/${id}`)
      if (!here) return
      const registration = await navigator.serviceWorker.getRegistration(worker)
      const subscription = await registration?.pushManager.getSubscription()
      await subscription?.unsubscribe()
      localStorage.removeItem(hereKey)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['push'] }),
  })
}
