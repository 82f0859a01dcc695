import type { NotificationView } from '@sparkle/shared/activity'
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface NotificationPage {
  items: NotificationView[]
  nextCursor: string | null
}

export const notificationQueries = {
  all: ['notifications'] as const,
  lists: ['notifications', 'list'] as const,
  unreadCount: () =>
    queryOptions({
      queryKey: [...notificationQueries.all, 'unread-count'],
      queryFn: ({ signal }) => http.get<{ count: number }>('/notifications/unread-count', { signal }),
    }),
  list: ({ unread }: { unread?: boolean } = {}) =>
    infiniteQueryOptions({
      queryKey: [...notificationQueries.lists, { unread: Boolean(unread) }],
      queryFn: ({ pageParam, signal }) =>
        http.get<NotificationPage>('/notifications', { query: { cursor: pageParam, unread: unread || null }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
}

/** Marks one as read: at once in the page, taken back if the API refuses. */
export function useReadNotification() {
  const marking = useMarking()
  return useMutation({
    mutationFn: (id: string) => http.post<unknown>(`/notifications/${id}/read`),
    onMutate: (id) =>
      marking.begin(
        (item) => item.id === id,
        (count) => Math.max(0, count - 1),
      ),
    onError: (_error, _id, before) => before && marking.takeBack(before),
    onSettled: marking.settle,
  })
}

/** Marks all as read, in the same manner. */
export function useReadAllNotifications() {
  const marking = useMarking()
  return useMutation({
    mutationFn: () => http.post<unknown>('/notifications/read-all'),
    onMutate: () =>
      marking.begin(
        () => true,
        () => 0,
      ),
    onError: (_error, _nothing, before) => before && marking.takeBack(before),
    onSettled: marking.settle,
  })
}

type Lists = InfiniteData<NotificationPage>

/** The optimistic part of both: every list in the cache and the count beside the bell change together, and go back together. */
function useMarking() {
  const client = useQueryClient()
  const countKey = notificationQueries.unreadCount().queryKey
  const inLists = { queryKey: notificationQueries.lists }
  return {
    async begin(concerned: (item: NotificationView) => boolean, counted: (count: number) => number) {
      await client.cancelQueries({ queryKey: notificationQueries.all })
      const before = { lists: client.getQueriesData<Lists>(inLists), count: client.getQueryData(countKey) }
      client.setQueriesData<Lists>(inLists, (list) => list && withRead(list, concerned))
      client.setQueryData(countKey, (count) => count && { count: counted(count.count) })
      return before
    },
    takeBack(before: { lists: [QueryKey, Lists | undefined][]; count: { count: number } | undefined }) {
      for (const [key, list] of before.lists) client.setQueryData(key, list)
      client.setQueryData(countKey, before.count)
    },
    settle: () => client.invalidateQueries({ queryKey: notificationQueries.all }),
  }
}

function withRead(list: Lists, concerned: (item: NotificationView) => boolean): Lists {
  const readAt = new Date().toISOString()
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (!item.readAt && concerned(item) ? { ...item, readAt } : item)),
  }))
  return { ...list, pages }
}
