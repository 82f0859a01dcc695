import type { NotificationView } from '@sparkle/shared/activity'
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

interface NotificationPage {
  items: NotificationView[]
  nextCursor: string | null
}

export const notificationQueries = {
  all: ['notifications'] as const,
  unreadCount: () =>
    queryOptions({
      queryKey: [...notificationQueries.all, 'unread-count'],
      queryFn: ({ signal }) => http.get<{ count: number }>('/notifications/unread-count', { signal }),
    }),
  list: () =>
    infiniteQueryOptions({
      queryKey: [...notificationQueries.all, 'list'],
      queryFn: ({ pageParam, signal }) =>
        http.get<NotificationPage>('/notifications', { query: { cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
}

/** Marks one as read: at once in the page, taken back if the API refuses. */
export function useReadNotification() {
  const client = useQueryClient()
  const { queryKey } = notificationQueries.list()
  const countKey = notificationQueries.unreadCount().queryKey
  return useMutation({
    mutationFn: (id: string) => http.post<unknown>(`/notifications/${id}/read`),
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey: notificationQueries.all })
      const before = { list: client.getQueryData(queryKey), count: client.getQueryData(countKey) }
      client.setQueryData(queryKey, (list) => list && withRead(list, id))
      client.setQueryData(countKey, (count) => count && { count: Math.max(0, count.count - 1) })
      return before
    },
    onError: (_error, _id, before) => {
      client.setQueryData(queryKey, before?.list)
      client.setQueryData(countKey, before?.count)
    },
    onSettled: () => client.invalidateQueries({ queryKey: notificationQueries.all }),
  })
}

function withRead(list: InfiniteData<NotificationPage>, id: string): typeof list {
  const readAt = new Date().toISOString()
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === id ? { ...item, readAt } : item)),
  }))
  return { ...list, pages }
}
