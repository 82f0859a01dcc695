import { allows, isAccountRole, type Permission, type Role } from '@sparkle/shared/permissions'

/** A signed-in person in one studio. */
export interface UserActor {
  kind: 'user'
  userId: string
  displayName: string
  sessionId: string
  organizationId: string
  role: Role
  accountId: string | null
  permissions: readonly string[]
  origin: Origin
}

/** A signed-in person without an active studio: somebody of the platform, or a member of none. */
export interface PlatformActor {
  kind: 'platform'
  userId: string
  displayName: string
  sessionId: string
  organizationId: null
  isSuperAdmin: boolean
  permissions: readonly string[]
  origin: Origin
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

export type TenantActor = UserActor | PublicActor | SystemActor
export type Actor = TenantActor | PlatformActor

export function actorUserId(actor: Actor): string | null {
  return actor.kind === 'user' || actor.kind === 'platform' ? actor.userId : null
}

export function actorName(actor: Actor): string | null {
  return actor.kind === 'user' || actor.kind === 'platform' ? actor.displayName : null
}

/** The one question of permission. Rights over a single record come on top, in the module's `*.rules.ts`. */
export function can(actor: Actor, permission: Permission): boolean {
  return 'permissions' in actor && allows(actor.permissions, permission)
}

/** Whether this is a customer's person, who sees their own account and nothing else. */
export function isClient(actor: Actor): actor is UserActor {
  return actor.kind === 'user' && isAccountRole(actor.role)
}
