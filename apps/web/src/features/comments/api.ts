import type {
  CommentView,
  CreateCommentInput,
  Mentionable,
  MomentView,
  ReplyView,
  UpdateCommentInput,
} from '@sparkle/shared/comments'
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { withComment, withoutComment } from './threads.ts'

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}
/** Where a list is cut off: a version with more threads than this is not read to its end on one page. */
const mostPages = 10

export const commentQueries = {
  all: ['comments'] as const,
  /** All threads of a version, oldest first, as their numbers count them. */
  ofVersion: (versionId: string) =>
    queryOptions({
      queryKey: [...commentQueries.all, 'version', versionId] as const,
      queryFn: async ({ signal }) => {
        const threads: CommentView[] = []
        let cursor: string | null = null
        for (let page = 0; page < mostPages; page += 1) {
          const reply: Page<CommentView> = await http.get<Page<CommentView>>(`/versions/${versionId}/comments`, {
            query: { limit: 100, sort: 'createdAt', cursor },
            signal,
          })
          threads.push(...reply.items)
          cursor = reply.nextCursor
          if (cursor === null) break
        }
        return threads
      },
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: [...commentQueries.all, 'one', id] as const,
      queryFn: ({ signal }) => http.get<CommentView>(`/comments/${id}`, { signal }),
    }),
  /** All replies in a thread, oldest first: a list of threads has only the newest of each. */
  replies: (threadId: string) =>
    queryOptions({
      queryKey: [...commentQueries.all, 'replies', threadId] as const,
      queryFn: async ({ signal }) => {
        const replies: ReplyView[] = []
        let cursor: string | null = null
        do {
          const reply: Page<ReplyView> = await http.get<Page<ReplyView>>(`/comments/${threadId}/replies`, {
            query: { limit: 100, sort: 'createdAt', cursor },
            signal,
          })
          replies.push(...reply.items)
          cursor = reply.nextCursor
        } while (cursor !== null)
        return replies
      },
    }),
  /** Who may be named in a comment on a version. */
  people: (versionId: string, internal: boolean) =>
    queryOptions({
      queryKey: [...commentQueries.all, 'people', versionId, internal] as const,
      queryFn: ({ signal }) =>
        http.get<{ items: Mentionable[] }>(`/versions/${versionId}/comments/people`, {
          query: { internal: internal ? 'true' : undefined },
          signal,
        }),
      staleTime: 5 * 60_000,
    }),
  /** The play that leads to a moment; it never changes. */
  moment: (commentId: string) =>
    queryOptions({
      queryKey: ['moments', commentId] as const,
      queryFn: ({ signal }) => http.get<MomentView>(`/comments/${commentId}/moment`, { signal }),
      staleTime: Infinity,
    }),
}

/** Sends a comment under a key of its own, so that it arrives once however often it is tried. */
export const postComment = (versionId: string, input: CreateCommentInput, key: string) =>
  http.post<ReplyView>(`/versions/${versionId}/comments`, input, { idempotencyKey: key })

/** Shows what has arrived at once; the list that is asked for again afterwards says the same. */
export function showArrived(client: QueryClient, comment: ReplyView): void {
  client.setQueryData(commentQueries.ofVersion(comment.versionId).queryKey, (threads) =>
    threads ? withComment(threads, comment) : threads,
  )
}

/** A change to one comment: the reply takes its place in the list, and the counts are asked for again. */
function useCommentChange<Input>(change: (input: Input) => Promise<ReplyView>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) => showArrived(client, changed),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: commentQueries.all }),
        client.invalidateQueries({ queryKey: ['reviews'] }),
      ]),
  })
}

export const useEditComment = () =>
  useCommentChange(({ of: { id, version }, input }: { of: ReplyView; input: UpdateCommentInput }) =>
    http.patch<ReplyView>(`/comments/${id}`, input, { ifMatch: version }),
  )

export const useResolveComment = () =>
  useCommentChange(({ id, resolved }: { id: string; resolved: boolean }) =>
    http.post<ReplyView>(`/comments/${id}/${resolved ? 'resolve' : 'reopen'}`),
  )

export function useDeleteComment() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, version }: ReplyView) => http.delete(`/comments/${id}`, { ifMatch: version }),
    onSuccess: (_nothing, { id, versionId }) =>
      client.setQueryData(commentQueries.ofVersion(versionId).queryKey, (threads) =>
        threads ? withoutComment(threads, id) : threads,
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: commentQueries.all }),
        client.invalidateQueries({ queryKey: ['reviews'] }),
      ]),
  })
}

/** Only the counts elsewhere change: what was new stays marked on the page that showed it. */
export function useMarkRead(versionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (upTo: string) => http.post(`/versions/${versionId}/comments/read`, { upTo }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['reviews'] }),
    meta: { quiet: true },
  })
}
