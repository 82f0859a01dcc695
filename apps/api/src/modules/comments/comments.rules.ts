import type { AnchorView } from '@sparkle/shared/comments'
import type { Resource } from '@sparkle/shared/decide'
import type { Permission } from '@sparkle/shared/permissions'
import { can, decideOn, isOutside, type Reviewer } from '../../core/actor.ts'
import { refuse } from '../../core/refuse.ts'
import type { CommentRow } from './comments.queries.ts'

/** The part of a version that rights over its comments are decided on. */
export interface VersionPlace {
  projectId: string
  accountId: string | null
  assignedArtistId: string | null
}

export function resourceOf({ projectId, accountId, assignedArtistId }: VersionPlace): Resource {
  return { projectId, accountId, assignedArtistId }
}

/** Throws the 403 of whoever may not do this here. */
export function assertMay(actor: Reviewer, permission: Permission, place: VersionPlace): void {
  const decision = decideOn(actor, permission, resourceOf(place))
  if (!decision.allowed) refuse(permission, decision)
}

export function maySeeInternal(actor: Reviewer, place: VersionPlace): boolean {
  return can(actor, 'reviews:internal', resourceOf(place))
}

type Author = Pick<CommentRow, 'authorUserId' | 'guestVisitId'>
type Authored = Author & Pick<CommentRow, 'young' | 'deletedAt' | 'parentId'>

/** A guest is known by their visit alone: of whoever opens the link anew, by whatever name, it is not known who they are. */
export function isAuthor(actor: Reviewer, { authorUserId, guestVisitId }: Author): boolean {
  return actor.kind === 'guest' ? actor.visitId === guestVisitId : actor.userId === authorUserId
}

/** Whoever may change the studio's settings keeps its house in order, and may take any comment away. */
const isKeeper = (actor: Reviewer) => can(actor, 'studio:update')

/**
 * What somebody may do to a comment they see: change their own for a quarter of an hour, delete it as long, and resolve
 * a thread as somebody of the studio or as the member who began it.
 */
export function rightsOver(actor: Reviewer, place: VersionPlace, row: Authored) {
  const speaks = row.deletedAt === null && can(actor, 'reviews:comment', resourceOf(place))
  const own = isAuthor(actor, row)
  return {
    edit: speaks && own && row.young,
    delete: speaks && ((own && row.young) || isKeeper(actor)),
    resolve: speaks && row.parentId === null && ((own && actor.kind === 'user') || !isOutside(actor)),
  }
}

type Anchored = Pick<CommentRow, 'anchorKind' | 'anchorX' | 'anchorY' | 'buildId' | 'tick' | 'stateHash'>

export function anchorOf({ anchorKind, anchorX: x, anchorY: y, buildId, tick, stateHash }: Anchored): AnchorView {
  if (anchorKind === 'point' && x !== null && y !== null) return { kind: 'point', x, y }
  if (anchorKind === 'moment' && buildId !== null && tick !== null && stateHash !== null)
    return { kind: 'moment', buildId, tick, stateHash, x, y }
  return null
}
