import { shownReplies, type CommentView, type ReplyView } from '@sparkle/shared/comments'
import { visitOf, type Reviewer } from '../../core/actor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { attachmentsOf, type AttachmentLinker } from '../attachments/attachments.service.ts'
import { countRepliesOf, findReadAt, listNewestReplies, namesOf, type CommentRow } from './comments.queries.ts'
import { anchorOf, isAuthor, maySeeInternal, rightsOver, type VersionPlace } from './comments.rules.ts'

/** Where comments hang, as their views need it. */
export type CommentPlace = VersionPlace & { id: string }

/** Comments as their reader may see them, each with its newest replies. */
export async function toThreads(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  place: CommentPlace,
  rows: readonly CommentRow[],
): Promise<CommentView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const internal = maySeeInternal(actor, place)
  const replies = await listNewestReplies(tx, ids, internal, shownReplies)
  const counts = await countRepliesOf(tx, ids, internal)
  const views = await toReplies(tx, link, actor, place, [...rows, ...replies])
  const threads = views.slice(0, rows.length)
  return threads.map((thread) => ({
    ...thread,
    replies: views.filter(({ parentId }) => parentId === thread.id),
    replyCount: counts.get(thread.id) ?? 0,
  }))
}

/** Comments as their reader may see them, by themselves. */
export async function toReplies(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  place: CommentPlace,
  all: readonly CommentRow[],
): Promise<ReplyView[]> {
  const files = await attachmentsOf(
    tx,
    (organizationId, id) => link(organizationId, id, visitOf(actor)),
    all.map(({ id }) => id),
  )
  const names = await namesOf(
    tx,
    all.flatMap(({ mentions }) => mentions),
  )
  // Nothing is kept of what a guest has read, so nothing is new to them either.
  const keeps = actor.kind === 'user'
  const readAt = keeps ? await findReadAt(tx, place.id, actor.userId) : null

  const viewOf = (row: CommentRow): ReplyView => ({
    id: row.id,
    versionId: row.versionId,
    parentId: row.parentId,
    author: { userId: row.authorUserId, name: row.authorName, side: row.authorSide },
    body: row.body,
    internal: row.internal,
    anchor: anchorOf(row),
    mentions: row.mentions.map((userId) => ({ userId, name: names.get(userId) ?? null })),
    attachments: files.get(row.id) ?? [],
    resolvedAt: row.resolvedAt,
    resolvedBy: row.resolvedAt === null ? null : { userId: row.resolvedBy, name: row.resolvedByName },
    editedAt: row.editedAt,
    deletedAt: row.deletedAt,
    createdAt: row.createdAt,
    version: row.version,
    unread: keeps && row.deletedAt === null && !isAuthor(actor, row) && (readAt === null || row.createdAt > readAt),
    may: rightsOver(actor, place, row),
  })
  return all.map(viewOf)
}
