import type { FastifyRequest } from 'fastify'
import { ownTemplateId } from '@sparkle/shared/builds'
import { type CommentView, type CreateCommentInput, maxReplies } from '@sparkle/shared/comments'
import { sideOf, type Reviewer } from '../../core/actor.ts'
import { conflict, invalid, notFound } from '../../core/app-error.ts'
import { newId } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { takeAttachments, type AttachmentLinker } from '../attachments/attachments.service.ts'
import { findBuild } from '../builds/builds.queries.ts'
import { replayMoment } from '../builds/replay.service.ts'
import { lockVersion, type VersionRow } from '../reviews/reviews.queries.ts'
import { seenVersion } from '../reviews/reviews.service.ts'
import { countReplies, findComment, insertComment, lockComment, type CommentRow } from './comments.queries.ts'
import { assertMay, maySeeInternal } from './comments.rules.ts'
import { getComment, tellOfComment } from './comments.service.ts'
import { checkMentions } from './mentions.ts'

type Anchor = NonNullable<CreateCommentInput['anchor']>
type Moment = Extract<Anchor, { kind: 'moment' }>

/**
 * Takes a comment. A moment of play is replayed first, with no transaction open: one that does not come out as it says
 * would point at nothing. What was taken before under the same key is not replayed again.
 */
export async function addComment(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  link: AttachmentLinker,
  request: Pick<FastifyRequest, 'reviewer' | 'inTenant' | 'hasKeptReply'>,
  versionId: string,
  input: CreateCommentInput,
): Promise<CommentView> {
  const { reviewer: actor } = request
  const { anchor } = input
  if (anchor?.kind === 'moment' && !(await request.hasKeptReply())) {
    const digest = await inTenant(db, actor, (tx) => findPlayed(tx, actor, versionId, anchor))
    assertReplayed(anchor, await replayMoment(store, actor, digest, anchor))
  }
  return request.inTenant((tx) => createComment(tx, link, actor, versionId, input))
}

/** The digest of the build that a moment is of. Throws 422 where it is not the version's own or cannot be replayed. */
async function findPlayed(tx: TenantTx, actor: Reviewer, versionId: string, { buildId }: Moment): Promise<string> {
  const place = await seenVersion(tx, actor, versionId)
  assertMay(actor, 'reviews:comment', place)
  if (place.buildId !== buildId)
    invalid('comment.other_build', 'The moment is of another build than this version.', 'body.anchor.buildId')
  const build = (await findBuild(tx, buildId)) ?? notFound('build')
  if (build.templateId === ownTemplateId || !build.digest)
    invalid('comment.not_replayable', 'Only games made from our templates can be replayed.', 'body.anchor')
  return build.digest
}

function assertReplayed({ stateHash }: Moment, played: Awaited<ReturnType<typeof replayMoment>>): void {
  if (played.is === 'broken') invalid('comment.broken_log', "This is no log of the games' engine.", 'body.anchor.log')
  if (played.is === 'too_short')
    invalid('comment.tick_beyond_log', `The log ends after ${played.ticks} ticks.`, 'body.anchor.tick')
  if (played.hash !== stateHash)
    invalid(
      'comment.moment_differs',
      'Replaying the log does not lead to this state, so nobody could see what you saw. Load the game again.',
      'body.anchor.stateHash',
    )
}

/** The anchor's columns. Throws 422 `comment.no_point` for a place in what is no picture. */
function anchorColumns(place: VersionRow, anchor: Anchor | null): Partial<CommentRow & { log: string }> {
  if (!anchor) return {}
  const { kind: anchorKind, x = null, y = null } = anchor
  if (anchor.kind === 'moment') {
    const { buildId, tick, stateHash, log } = anchor
    return { anchorKind, anchorX: x, anchorY: y, buildId, tick, stateHash, log }
  }
  if (place.kind !== 'picture' && place.kind !== 'sprite')
    invalid('comment.no_point', 'Only pictures have places to point at. Name a moment of play instead.', 'body.anchor')
  return { anchorKind, anchorX: x, anchorY: y }
}

/** The comment that a reply goes to, locked. Throws 404, 409 and 422 for what cannot be replied to. */
async function openThread(tx: TenantTx, place: VersionRow, parentId: string, internal: boolean): Promise<CommentRow> {
  await lockComment(tx, parentId)
  const parent = await findComment(tx, parentId, internal)
  if (parent?.versionId !== place.id) return notFound('comment')
  if (parent.parentId !== null)
    invalid('comment.reply_to_reply', 'Threads are one level deep. Reply to the comment above.', 'body.parentId')
  if (parent.deletedAt !== null) conflict('comment.deleted', 'This comment was deleted. Begin a new one.')
  if ((await countReplies(tx, parentId, true)) >= maxReplies)
    conflict('comment.thread_full', `A thread has at most ${maxReplies} replies. Begin a new one.`)
  return parent
}

async function createComment(
  tx: TenantTx,
  link: AttachmentLinker,
  actor: Reviewer,
  versionId: string,
  input: CreateCommentInput,
): Promise<CommentView> {
  const place = await seenVersion(tx, actor, versionId)
  assertMay(actor, 'reviews:comment', place)
  // The customer is sent the version, not what the studio said about it before.
  const inside = input.internal || place.status === 'draft'
  if (inside) assertMay(actor, 'reviews:internal', place)
  const { parentId = null, anchor, body } = input
  // The version before its comments, as whoever deletes a draft locks them.
  if (!(await lockVersion(tx, versionId, 'key share'))) notFound('version')
  const parent = parentId && (await openThread(tx, place, parentId, maySeeInternal(actor, place)))
  if (parent && anchor) invalid('comment.reply_anchor', 'A reply is pinned where its thread is.', 'body.anchor')
  const internal = inside || (parent ? parent.internal : false)
  const mentions = await checkMentions(tx, actor, place, internal, input.mentions)

  const id = newId()
  await insertComment(tx, {
    ...anchorColumns(place, anchor),
    id,
    projectId: place.projectId,
    versionId,
    parentId,
    ...(actor.kind === 'guest'
      ? { authorName: actor.displayName, guestLinkId: actor.linkId, guestVisitId: actor.visitId }
      : { authorUserId: actor.userId }),
    authorSide: sideOf(actor),
    body,
    internal,
    mentions,
  })
  await takeAttachments(tx, actor, place.projectId, input.attachmentIds, { kind: 'comment', id })
  await tellOfComment(tx, actor, 'comment:added', place, { id, parentId, internal }, mentions)
  return getComment(tx, link, actor, id)
}
