import type { CommentView, UpdateCommentInput } from '@sparkle/shared/comments'
import { sql } from 'drizzle-orm'
import type { Reviewer, UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, invalid, notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { attachmentsOf, releaseAttachments, type AttachmentLinker } from '../attachments/attachments.service.ts'
import { emptiedComment, lockComment, updateComment, type CommentRow } from './comments.queries.ts'
import { assertMay, isAuthor, rightsOver } from './comments.rules.ts'
import { getComment, seenComment, tellOfComment, type SeenComment } from './comments.service.ts'
import { checkMentions } from './mentions.ts'

/** The comment as it is under its lock, for somebody who may say something here. A deleted one is gone: 404. */
async function openComment(tx: TenantTx, actor: Reviewer, id: string, expected: number | null): Promise<SeenComment> {
  await seenComment(tx, actor, id)
  await lockComment(tx, id)
  const seen = await seenComment(tx, actor, id)
  if (seen.row.deletedAt !== null) notFound('comment')
  assertMay(actor, 'reviews:comment', seen.place)
  assertVersion(seen.row.version, expected)
  return seen
}

/** Throws 403 `comment.not_yours` and 409 `comment.window_over`. */
function assertYoungAndOwn(actor: Reviewer, row: CommentRow): void {
  if (!isAuthor(actor, row)) forbidden('comment.not_yours', 'Only who wrote a comment can do that.')
  if (!row.young) conflict('comment.window_over', 'A comment can be changed for 15 minutes. Reply to it instead.')
}

/** Changes the own words of somebody. Whoever is mentioned anew is told. */
export async function changeComment(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  id: string,
  input: UpdateCommentInput,
  expected: number | null,
): Promise<CommentView> {
  const { row, place } = await openComment(tx, actor, id, expected)
  assertYoungAndOwn(actor, row)
  const body = input.body ?? row.body
  if (body === '' && !(await attachmentsOf(tx, link, [id])).has(id))
    invalid('comment.empty', 'Say something, or delete the comment.', 'body.body')
  const mentions = input.mentions ? await checkMentions(tx, actor, place, row.internal, input.mentions) : row.mentions
  await updateComment(tx, id, { body, mentions, editedAt: sql`now()` })
  const added = mentions.filter((userId) => !row.mentions.includes(userId))
  await tellOfComment(tx, actor, 'comment:updated', place, row, added)
  return getComment(tx, link, actor, id)
}

/** Takes a comment's words and files away: one's own for 15 minutes, an admin's any. What hangs on it stays. */
export async function deleteComment(tx: TenantTx, actor: Reviewer, id: string, expected: number | null): Promise<void> {
  const { row, place } = await openComment(tx, actor, id, expected)
  if (!rightsOver(actor, place, row).delete) assertYoungAndOwn(actor, row)
  await updateComment(tx, id, { ...emptiedComment, deletedAt: sql`now()` })
  await releaseAttachments(tx, [id])
  await tellOfComment(tx, actor, 'comment:deleted', place, row)
}

/** Says that a thread is dealt with, or is not after all. Doing so again changes nothing. */
export async function settleThread(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: UserActor,
  id: string,
  resolved: boolean,
  expected: number | null,
): Promise<CommentView> {
  const { row, place } = await openComment(tx, actor, id, expected)
  if (row.parentId !== null) invalid('comment.not_a_thread', 'Replies are resolved with the comment above.')
  if (!rightsOver(actor, place, row).resolve)
    forbidden('comment.not_yours', 'The studio resolves a thread, or who began it.')
  if ((row.resolvedAt !== null) !== resolved) {
    const by = resolved ? { resolvedAt: sql`now()`, resolvedBy: actor.userId } : { resolvedAt: null, resolvedBy: null }
    await updateComment(tx, id, by)
    await tellOfComment(tx, actor, resolved ? 'comment:resolved' : 'comment:reopened', place, row)
  }
  return getComment(tx, link, actor, id)
}
