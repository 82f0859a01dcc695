import { maxAttachments, newAttachmentView } from '@sparkle/shared/attachments'
import { createCommentInput } from '@sparkle/shared/comments'
import { z } from 'zod'
import { useEffect, useState } from 'react'
import { readAllKept, readKept, writeKept } from '../../lib/kept-draft.ts'

/** A comment being written. It is kept on this device until it is sent, and survives a closed tab. */
export const commentDraft = z.object({
  /** Longer than may be sent, too, until somebody shortens it. */
  body: z.string(),
  internal: z.boolean(),
  anchor: createCommentInput.shape.anchor.unwrap(),
  mentions: z.array(z.object({ userId: z.string(), name: z.string() })).max(50),
  attachments: z.array(newAttachmentView).max(maxAttachments),
})
export type CommentDraft = z.infer<typeof commentDraft>

export const emptyDraft: CommentDraft = { body: '', internal: false, anchor: null, mentions: [], attachments: [] }

/** By person, version and thread: two people at one device do not see each other's. */
export const draftKey = (person: string, versionId: string, thread: string) =>
  `comment-draft ${person} ${versionId} ${thread}`

/** The words of all comments that somebody has begun and not sent. */
export function draftedComments(person: string): string[] {
  return readAllKept(`comment-draft ${person} `, commentDraft).flatMap(({ body }) => body.trim() || [])
}

export function readDraft(key: string): CommentDraft {
  return readKept(key, commentDraft) ?? emptyDraft
}

export function writeDraft(key: string, draft: CommentDraft): void {
  writeKept(key, isBlank(draft) ? null : draft)
}

/** Nothing that somebody would miss: a pin alone is made again with one press. */
export function isBlank({ body, attachments }: CommentDraft): boolean {
  return body.trim() === '' && attachments.length === 0
}

/** The draft under a key; the component that calls it is keyed by the same. Nothing is written before something changes. */
export function useDraft(key: string, initial: Partial<CommentDraft>) {
  const [opened] = useState<CommentDraft>(() => ({ ...readDraft(key), ...initial }))
  const [draft, setDraft] = useState(opened)
  useEffect(() => {
    if (draft !== opened) writeDraft(key, draft)
  }, [key, draft, opened])
  const change = (part: Partial<CommentDraft>) => setDraft((before) => ({ ...before, ...part }))
  const clear = () => {
    setDraft(emptyDraft)
    // The form may be gone before the effect above could say so.
    writeDraft(key, emptyDraft)
  }
  return { draft, change, clear }
}
