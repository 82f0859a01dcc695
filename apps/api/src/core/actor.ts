import type { CommentSide } from '@sparkle/shared/comments'
import type { MessageSide } from '@sparkle/shared/conversations'
import { decide, deniedProjects, type Decision, type Grant, type Resource, type Subject } from '@sparkle/shared/decide'
import { isAccountRole, type Permission, type Role } from '@sparkle/shared/permissions'

/** A signed-in person in one studio. */
export interface UserActor {
  kind: 'user'
  userId: string
  displayName: string
  /** The session's id, or where a key was sent, the key's. */
  sessionId: string
  organizationId: string
  role: Role
  accountId: string | null
  /** What the role gives: the studio's own one where there is one, else the built-in one. */
  permissions: readonly string[]
  customRole?: { id: string; name: string } | null
  /** What this person may or may not beside their role. */
  grants?: readonly Grant[]
  /** What a key is limited to; nothing for a person. */
  scopes?: readonly string[] | null
  /** The permission that the request came in by: what records are decided on where no other is named. */
  using?: Permission
  /** The studio's identity provider that opened the session, if one did. Such a session is good for this studio only. */
  viaProvider?: string | null
  origin: Origin
  /** Set where it is a script that sent one of the person's keys. */
  viaKey?: { id: string; name: string }
  /** Set where the person is no member but somebody of the platform, at work here for a stated reason. */
  actingAs?: ActingAs
  /** Set where the studio is being deleted: until then it can only be read. */
  readOnlyUntil?: string
}

export interface ActingAs {
  organizationSlug: string
  organizationName: string
  reason: string
  /** ISO 8601; afterwards the session is without a studio again. */
  until: string
}

/**
 * Somebody without an account, let in by a review link. What they may do is the link's scope, on the link's project;
 * routes let them in only where they say so (`guests`).
 */
export interface GuestActor {
  kind: 'guest'
  organizationId: string
  /** One stay of one person: what they do is on record under it. */
  visitId: string
  linkId: string
  projectId: string
  /** As they said it. */
  displayName: string
  permissions: readonly string[]
  mayDownload: boolean
  using?: Permission
  origin: Origin
  readOnlyUntil?: string
}

/** Who takes part in a review. */
export type Reviewer = UserActor | GuestActor

/** A signed-in person without an active studio: somebody of the platform, or a member of none. */
export interface PlatformActor {
  kind: 'platform'
  userId: string
  displayName: string
  sessionId: string
  organizationId: null
  isSuperAdmin: boolean
  permissions: readonly string[]
  viaProvider?: string | null
  origin: Origin
  /** The studio of the session is suspended. */
  suspended?: boolean
}

/** A visitor of a public page; the studio comes from a look-up of its slug or from a signed token. */
export interface PublicActor {
  kind: 'public'
  organizationId: string
  origin: Origin
}

/** A job of the studio's own. */
export interface SystemActor {
  kind: 'system'
  organizationId: string
  job: string
}

export interface Origin {
  address: string
  userAgent: string
  requestId: string
}

export type TenantActor = UserActor | GuestActor | PublicActor | SystemActor
export type Actor = TenantActor | PlatformActor

export function actorUserId(actor: Actor): string | null {
  return actor.kind === 'user' || actor.kind === 'platform' ? actor.userId : null
}

/** The kind that goes on record: what people of the platform do in a studio is told apart from what its members do. */
export function recordedKind(actor: Actor): Actor['kind'] {
  return actor.kind === 'user' && actor.actingAs ? 'platform' : actor.kind
}

export function actorName(actor: Actor): string | null {
  return 'displayName' in actor ? actor.displayName : null
}

/**
 * The one question of permission (`@sparkle/shared/decide` has the rules). Without a resource: may it be done in the
 * studio at all; with one: to this very thing.
 */
export function can(actor: Actor, permission: Permission, resource?: Resource): boolean {
  return decideOn(actor, permission, resource).allowed
}

/** The same with its reasons. Visitors and jobs hold no permission: what they may do is their route's or their own. */
export function decideOn(actor: Actor, permission: Permission, resource?: Resource): Decision {
  if (!('permissions' in actor)) return { allowed: false, steps: [] }
  return decide(subjectOf(actor), permission, resource)
}

function subjectOf(actor: UserActor | GuestActor | PlatformActor): Subject {
  if (actor.kind === 'user') return actor
  const nobody = { role: null, accountId: null, permissions: actor.permissions }
  if (actor.kind === 'platform') return { ...nobody, userId: actor.userId }
  return { ...nobody, userId: actor.visitId, guestOf: actor.projectId }
}

/**
 * The projects that lists leave out for somebody, because a denial of one of these names them. For the statement itself: a
 * page that is filtered afterwards comes short, and says how much is hidden.
 */
export function hiddenProjects(actor: UserActor, ...permissions: readonly Permission[]): string[] {
  return [...new Set(permissions.flatMap((permission) => deniedProjects(actor, permission)))]
}

/** Whether this is a customer's person, who sees their own account and nothing else. Of guests `isOutside` tells. */
export function isClient(actor: Exclude<Actor, GuestActor>): actor is UserActor {
  return actor.kind === 'user' && isAccountRole(actor.role)
}

/** The guest's stay, with which all ends that they are given; null for people. */
export function visitOf(actor: Reviewer): string | null {
  return actor.kind === 'guest' ? actor.visitId : null
}

/** On which side somebody speaks. */
export function sideOf(actor: UserActor): MessageSide
export function sideOf(actor: Reviewer): CommentSide
export function sideOf(actor: Reviewer): CommentSide {
  if (actor.kind === 'guest') return 'guest'
  return isClient(actor) ? 'client' : 'studio'
}

/** Whether this is somebody of the customer's side, to whom nothing of the studio's own is shown. */
export function isOutside(actor: Reviewer): boolean {
  return actor.kind === 'guest' || isClient(actor)
}
