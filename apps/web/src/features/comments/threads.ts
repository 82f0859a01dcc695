import type { CommentView, ReplyView } from '@sparkle/shared/comments'

/** 60 ticks are a second of play. */
const ticksPerSecond = 60

export const threadFilters = ['open', 'resolved', 'all'] as const
export type ThreadFilter = (typeof threadFilters)[number]

/** A thread and the number it has on its version, from the oldest on. */
export interface NumberedThread {
  number: number
  thread: CommentView
}

/** Numbers count all threads of a version, so that a filter does not change them; a deleted one keeps its own. */
export function numbered(threads: readonly CommentView[]): NumberedThread[] {
  return threads.map((thread, index) => ({ number: index + 1, thread }))
}

export function isShown({ resolvedAt }: CommentView, filter: ThreadFilter): boolean {
  return filter === 'all' || (filter === 'resolved') === (resolvedAt !== null)
}

/** The thread that a comment begins or belongs to. */
export function threadOf(threads: readonly CommentView[], id: string): CommentView | undefined {
  return threads.find((thread) => thread.id === id || thread.replies.some((reply) => reply.id === id))
}

/** Every comment of a version, replies included. */
export function allOf(threads: readonly CommentView[]): ReplyView[] {
  return threads.flatMap((thread) => [thread, ...thread.replies])
}

/** The list with a comment in it: in the place of its older self, or at the end of where it belongs. */
export function withComment(threads: readonly CommentView[], comment: ReplyView): CommentView[] {
  const { parentId } = comment
  if (parentId === null) {
    const known = threads.some(({ id }) => id === comment.id)
    if (!known) return [...threads, { ...comment, replies: [], replyCount: 0 }]
    return threads.map((thread) => {
      const { replies, replyCount } = thread
      return thread.id === comment.id ? { ...comment, replies, replyCount } : thread
    })
  }
  return threads.map((thread) => {
    if (thread.id !== parentId) return thread
    const known = thread.replies.some(({ id }) => id === comment.id)
    const replies = known
      ? thread.replies.map((reply) => (reply.id === comment.id ? comment : reply))
      : [...thread.replies, comment]
    return { ...thread, replies, replyCount: thread.replyCount + (known ? 0 : 1) }
  })
}

/** The list as it is once a comment is deleted: what holds replies together stays, and says nothing any more. */
export function withoutComment(threads: readonly CommentView[], id: string): CommentView[] {
  return threads.flatMap((thread) => {
    if (thread.id !== id) {
      const replies = thread.replies.filter((reply) => reply.id !== id)
      return [{ ...thread, replies, replyCount: thread.replyCount - (thread.replies.length - replies.length) }]
    }
    if (thread.replyCount === 0) return []
    return [{ ...thread, body: '', attachments: [], mentions: [], deletedAt: thread.deletedAt ?? thread.createdAt }]
  })
}

/** All that is known of a thread's replies: what was loaded of the earlier ones, and the newest as the list has them. */
export function joinReplies(earlier: readonly ReplyView[], newest: readonly ReplyView[]): ReplyView[] {
  const ids = new Set(newest.map(({ id }) => id))
  return [...earlier.filter(({ id }) => !ids.has(id)), ...newest]
}

/** `1:07` for a moment of play. */
export function clockOf(tick: number): string {
  const seconds = Math.floor(tick / ticksPerSecond)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
