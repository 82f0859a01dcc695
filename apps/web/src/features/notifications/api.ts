import type { NotificationView } from '@sparkle/shared/activity'
import type { NotificationKind } from '@sparkle/shared/events'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { changeItems } from '../../lib/change-items.ts'
import { http } from '../../lib/http.ts'

interface NotificationPage {
  items: NotificationView[]
  nextCursor: string | null
}

export interface NotificationFilter {
  unread?: boolean
  kind?: NotificationKind
}

export const notificationQueries = {
  all: ['notifications'] as const,
  lists: ['notifications', 'list'] as const,
  unreadCount: () =>
    queryOptions({
      queryKey: [...notificationQueries.all, 'unread-count'],
      queryFn: ({ signal }) => http.get<{ count: number }>('/notifications/unread-count', { signal }),
    }),
  list: ({ unread, kind }: NotificationFilter = {}) =>
    infiniteQueryOptions({
      queryKey: [...notificationQueries.lists, { unread: Boolean(unread), kind: kind ?? null }],
      queryFn: ({ pageParam, signal }) =>
        http.get<NotificationPage>('/notifications', {
          query: { cursor: pageParam, unread: unread || null, kind },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
}

/** Marks one as read: at once in the page, taken back if the API refuses. */
export function useReadNotification() {
  const marking = useMarking()
  return useMutation({
    mutationFn: (id: string) => http.post<unknown>(`/notifications/${id}/read`),
    onMutate: (id) => marking.begin((item) => item.id === id, 1),
    onError: (_error, _id, undo) => undo?.(),
    onSettled: marking.settle,
  })
}

/** Marks all as read, in the same manner. */
export function useReadAllNotifications() {
  const marking = useMarking()
  return useMutation({
    mutationFn: () => http.post<unknown>('/notifications/read-all'),
    onMutate: () => marking.begin(() => true, Infinity),
    onError: (_error, _nothing, undo) => undo?.(),
    onSettled: marking.settle,
  })
}

/** The optimistic part of both: every list in the cache and the count beside the bell change together, and go back together. */
function useMarking() {
  const client = useQueryClient()
  const countKey = notificationQueries.unreadCount().queryKey
  const addToCount = (more: number) =>
    client.setQueryData(countKey, (count) => count && { count: Math.max(0, count.count + more) })
  return {
    /** Marks those concerned, at most so many; returns what takes it back. */
    async begin(concerns: (item: NotificationView) => boolean, most: number) {
      await client.cancelQueries({ queryKey: notificationQueries.all })
      const marked = Math.min(most, client.getQueryData(countKey)?.count ?? 0)
      const readAt = new Date().toISOString()
      const undo = await changeItems<NotificationView>(
        client,
        notificationQueries.lists,
        (item) => !item.readAt && concerns(item),
        { readAt },
      )
      addToCount(-marked)
      return () => {
        undo()
        addToCount(marked)
      }
    },
    settle: () => client.invalidateQueries({ queryKey: notificationQueries.all }),
  }
}
