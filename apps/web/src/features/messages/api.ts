import type {
  MessageList,
  MessageView,
  PresentPerson,
  ReadMark,
  UnreadConversation,
  UnreadCount,
} from '@sparkle/shared/conversations'
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

const all = ['messages'] as const

export const messageQueries = {
  all,
  /** Newest first; the next page is the one before. */
  conversation: (projectId: string) =>
    infiniteQueryOptions({
      queryKey: [...all, 'conversation', projectId],
      queryFn: ({ pageParam, signal }) =>
        http.get<MessageList>(`/projects/${projectId}/messages`, { query: { limit: 50, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  reads: (projectId: string) =>
    queryOptions({
      queryKey: [...all, 'reads', projectId],
      queryFn: ({ signal }) => http.get<{ items: ReadMark[] }>(`/projects/${projectId}/messages/reads`, { signal }),
    }),
  unread: (projectId: string) =>
    queryOptions({
      queryKey: [...all, 'unread', projectId],
      queryFn: ({ signal }) => http.get<UnreadCount>(`/projects/${projectId}/messages/unread-count`, { signal }),
    }),
  /** Every conversation with something unread. */
  waiting: () =>
    queryOptions({
      queryKey: [...all, 'waiting'],
      queryFn: ({ signal }) => http.get<{ items: UnreadConversation[] }>('/messages/unread', { signal }),
    }),
  presence: (projectId: string) =>
    queryOptions({
      queryKey: ['presence', projectId],
      queryFn: ({ signal }) => http.get<{ items: PresentPerson[] }>(`/projects/${projectId}/presence`, { signal }),
      // Whoever vanishes without a word is told of late, or never where the socket is down.
      refetchInterval: 60_000,
      retry: false,
    }),
}

/** Shows a sent message at once, before the event that tells of it. */
export function addToCache(client: QueryClient, message: MessageView): void {
  const { queryKey } = messageQueries.conversation(message.projectId)
  client.setQueryData(queryKey, (known) => {
    const [newest, ...older] = known?.pages ?? []
    if (!known || !newest || newest.items.some(({ id }) => id === message.id)) return known
    return { ...known, pages: [{ ...newest, items: [message, ...newest.items] }, ...older] }
  })
}

export function useMarkRead(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (upTo: number) => http.post<UnreadCount>(`/projects/${projectId}/messages/read`, { upTo }),
    onSuccess: (unread) => {
      client.setQueryData(messageQueries.unread(projectId).queryKey, unread)
      void client.invalidateQueries({ queryKey: messageQueries.waiting().queryKey })
      void client.invalidateQueries({ queryKey: ['notifications'] })
    },
    // Nobody asked for it, so nobody is told that it failed: the next look tries again.
    meta: { quiet: true },
  })
}

function useMessageChange<Input>(projectId: string, change: (input: Input) => Promise<unknown>, quiet: boolean) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: messageQueries.conversation(projectId).queryKey }),
    meta: { quiet },
  })
}

export const useChangeMessage = (projectId: string) =>
  useMessageChange(
    projectId,
    ({ of: { id, version }, body }: { of: MessageView; body: string }) =>
      http.patch<MessageView>(`/messages/${id}`, { body }, { ifMatch: version }),
    true,
  )

export const useDeleteMessage = (projectId: string) =>
  useMessageChange(
    projectId,
    ({ id, version }: MessageView) => http.delete(`/messages/${id}`, { ifMatch: version }),
    false,
  )
