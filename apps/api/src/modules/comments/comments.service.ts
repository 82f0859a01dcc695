import type {
  CommentCounts,
  CommentView,
  ListCommentsQuery,
  ListRepliesQuery,
  MomentView,
  ReadCommentsInput,
} from '@sparkle/shared/comments'
import type { AuditAction, EventType } from '@sparkle/shared/events'
import type { Reviewer, UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import type { AttachmentLinker } from '../attachments/attachments.service.ts'
import { countComments, lockVersion, type VersionRow } from '../reviews/reviews.queries.ts'
import { seenVersion } from '../reviews/reviews.service.ts'
import { toReplies, toThreads } from './comment-view.ts'
import {
  countReplies,
  countThreads,
  findComment,
  findLog,
  listReplies,
  listThreads,
  markRead,
  type CommentRow,
} from './comments.queries.ts'
import { maySeeInternal } from './comments.rules.ts'
import { listMentionable } from './mentions.ts'

/** One page of a version's threads, each with its newest replies. 404 for a version the reader does not see. */
export async function listCommentViews(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  versionId: string,
  query: ListCommentsQuery,
) {
  const place = await seenVersion(tx, actor, versionId)
  const filter = { versionId, internal: maySeeInternal(actor, place), state: query.state, anchor: query.anchor }
  const page = await listThreads(tx, filter, query)
  const total = asksFor(query.include, 'total') ? await countThreads(tx, filter) : undefined
  const items = await toThreads(tx, link, actor, place, page.rows)
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

export interface SeenComment {
  row: CommentRow
  place: VersionRow
}

/** The comment and its version, where the reader may see both. An internal one does not exist for whoever may not. */
export async function seenComment(tx: TenantTx, actor: Reviewer, id: string): Promise<SeenComment> {
  const any = (await findComment(tx, id, true)) ?? notFound('comment')
  const place = await seenVersion(tx, actor, any.versionId)
  const internal = maySeeInternal(actor, place)
  return { place, row: internal ? any : ((await findComment(tx, id, false)) ?? notFound('comment')) }
}

export async function getComment(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  id: string,
): Promise<CommentView> {
  const { row, place } = await seenComment(tx, actor, id)
  const [view] = await toThreads(tx, link, actor, place, [row])
  return view ?? notFound('comment')
}

/** One page of the replies to a comment, which a reply has none of. */
export async function listReplyViews(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  id: string,
  query: ListRepliesQuery,
) {
  const { place } = await seenComment(tx, actor, id)
  const internal = maySeeInternal(actor, place)
  const page = await listReplies(tx, id, internal, query)
  const total = asksFor(query.include, 'total') ? await countReplies(tx, id, internal) : undefined
  const items = await toReplies(tx, link, actor, place, page.rows)
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/** What a comment on a moment of play is replayed from. 404 `moment.not_found` for a comment on something else. */
export async function getMoment(tx: TenantTx, actor: Reviewer, id: string): Promise<MomentView> {
  const { row } = await seenComment(tx, actor, id)
  const { buildId, tick, stateHash } = row
  const log = row.anchorKind === 'moment' ? await findLog(tx, id) : null
  if (log === null || buildId === null || tick === null || stateHash === null) return notFound('moment')
  return { buildId, tick, stateHash, log }
}

/** Notes that the reader has seen what there is, or what there was up to a time. Who only visits a studio for the platform leaves no mark. */
export async function readComments(
  tx: TenantTx,
  actor: UserActor,
  versionId: string,
  { upTo }: ReadCommentsInput,
): Promise<CommentCounts> {
  const place = await seenVersion(tx, actor, versionId)
  const reader = { userId: actor.userId, internal: maySeeInternal(actor, place) }
  if (!actor.actingAs) {
    // A draft may be deleted meanwhile, and a mark on what is gone would be refused by its foreign key.
    if (!(await lockVersion(tx, versionId, 'key share'))) notFound('version')
    await markRead(tx, { versionId, upTo, ...reader })
  }
  const [row] = await countComments(tx, [versionId], reader)
  return { total: row?.total ?? 0, open: row?.open ?? 0, unread: row?.unread ?? 0 }
}

export async function listCommentPeople(tx: TenantTx, actor: UserActor, versionId: string, internal: boolean) {
  const place = await seenVersion(tx, actor, versionId)
  const quiet = internal || place.status === 'draft'
  return { items: quiet && !maySeeInternal(actor, place) ? [] : await listMentionable(tx, actor, place, quiet) }
}

type CommentEvent = Extract<EventType & AuditAction, `comment:${string}`>

/**
 * Puts on record and says what was done to a comment. What customers may not see, internal ones and those on a draft, is
 * `internal` news.
 */
export async function tellOfComment(
  tx: TenantTx,
  actor: Reviewer,
  what: CommentEvent,
  place: VersionRow,
  comment: Pick<CommentRow, 'id' | 'parentId' | 'internal'>,
  mentions: readonly string[] = [],
): Promise<void> {
  await recordAudit(tx, actor, what, { entity: 'comment', id: comment.id })
  await emit(tx, actor, what, {
    projectId: place.projectId,
    data: {
      versionId: place.id,
      commentId: comment.id,
      parentId: comment.parentId,
      number: place.number,
      deliverable: place.kind,
      petName: place.petName,
      internal: comment.internal || place.status === 'draft',
      ...(mentions.length > 0 && { mentions: mentions.join(' ') }),
    },
  })
}
