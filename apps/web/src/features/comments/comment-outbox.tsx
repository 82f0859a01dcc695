import type { CreateCommentInput, ReplyView } from '@sparkle/shared/comments'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, type ReactNode } from 'react'
import { z } from 'zod'
import { listWaiting, type Outbox } from '../../lib/outbox/outbox.ts'
import { useSendingOutbox, useWaiting } from '../../lib/outbox/use-outbox.ts'
import { commentQueries, postComment, showArrived } from './api.ts'
import { commentDraft } from './drafts.ts'
import { namedIn } from './mention-query.ts'

const unsentComment = z.object({
  versionId: z.string(),
  /** The comment that is answered; null begins a thread. */
  parentId: z.string().nullable(),
  draft: commentDraft,
})
export type UnsentComment = z.infer<typeof unsentComment>

const OutboxContext = createContext<Outbox<UnsentComment> | null>(null)

/** The words of all comments of somebody that wait to go out. */
export function unsentComments(person: string): string[] {
  return listWaiting('comments', person, unsentComment).flatMap(({ draft }) => draft.body.trim() || [])
}

function inputOf({ parentId, draft: { body, internal, anchor, mentions, attachments } }: UnsentComment) {
  return {
    body,
    ...(parentId && { parentId }),
    internal,
    anchor,
    mentions: namedIn(body, mentions),
    attachmentIds: attachments.map(({ id }) => id),
  } satisfies CreateCommentInput
}

interface CommentOutboxProps {
  /** Whose comments these are: a member in a studio, or a guest. */
  person: string
  /** Whether the calls of this page are still theirs. */
  isTheirs?: () => boolean
  children: ReactNode
}

/** Sends comments that wait, whatever page is open. Give it a `key` per person. */
export function CommentOutbox({ person, isTheirs, children }: CommentOutboxProps) {
  const client = useQueryClient()
  const outbox = useSendingOutbox<UnsentComment, ReplyView>({
    carries: 'comments',
    person,
    item: unsentComment,
    lineOf: ({ versionId }) => versionId,
    send: (unsent, key) => postComment(unsent.versionId, inputOf(unsent), key),
    onArrived: (comment) => {
      showArrived(client, comment)
      void client.invalidateQueries({ queryKey: commentQueries.all })
      void client.invalidateQueries({ queryKey: ['reviews'] })
    },
    ...(isTheirs && { isTheirs }),
  })
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

/** What waits for one version, and how to add to it. */
export function useCommentOutbox(versionId: string) {
  const outbox = useContext(OutboxContext)
  if (!outbox) throw new Error('Comments need a CommentOutbox above them.')
  const { waiting, ...rest } = useWaiting(outbox)
  return { ...rest, waiting: waiting.filter(({ item }) => item.versionId === versionId) }
}
