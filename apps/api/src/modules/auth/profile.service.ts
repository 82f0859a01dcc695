import type { MeView, ProfileView } from '@sparkle/shared/auth'
import { permissionNames } from '@sparkle/shared/permissions'
import type { ActingView } from '@sparkle/shared/platform'
import { type ActingAs, can } from '../../core/actor.ts'
import type { Note, PersonTx } from '../../core/as-person.ts'
import type { Crypto } from '../../core/crypto.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import { changesBetween } from '../../core/audit.ts'
import type { MembershipRow } from '../../db/system.ts'
import { findOwnProfile, lockOwnProfile, type ProfileRow, updateOwnProfile } from './profile.queries.ts'
import type { SignedIn } from '../../core/signed-in.ts'

export function toProfile(crypto: Crypto, row: ProfileRow): ProfileView {
  return {
    id: row.id,
    email: crypto.decrypt(row.emailCipher, 'users.email'),
    emailConfirmed: row.emailConfirmedAt !== null,
    pendingEmail: row.pendingEmailCipher && crypto.decrypt(row.pendingEmailCipher, 'users.email'),
    displayName: row.displayName,
    avatarUrl: null,
    timeZone: row.timeZone,
    locale: row.locale,
    version: row.version,
  }
}

export async function getProfile(tx: PersonTx, crypto: Crypto, userId: string): Promise<ProfileView> {
  return toProfile(crypto, (await findOwnProfile(tx, userId)) ?? notFound('user'))
}

export async function changeProfile(
  tx: PersonTx,
  note: Note,
  crypto: Crypto,
  userId: string,
  input: { displayName?: string; timeZone?: string; locale?: string },
  expected: number | null,
): Promise<ProfileView> {
  const before = (await lockOwnProfile(tx, userId)) ?? notFound('user')
  assertVersion(before.version, expected)
  await updateOwnProfile(tx, userId, input)
  await note('profile:updated', { entity: 'user', id: userId, changes: changesBetween(before, input) })
  return getProfile(tx, crypto, userId)
}

/** Who I am, where I am and what I may: what the SPA starts from. */
export function toMe(actor: SignedIn, user: ProfileView, memberships: MembershipRow[]): MeView {
  const member = actor.kind === 'user' ? actor : null
  return {
    user,
    organization: placeOf(actor, memberships),
    role: member?.role ?? null,
    accountId: member?.accountId ?? null,
    customRole: member?.customRole ?? null,
    permissions: permissionNames.filter((name) => can(actor, name)),
    rights: {
      permissions: [...actor.permissions],
      grants: [...(member?.grants ?? [])],
      scopes: member?.scopes ? [...member.scopes] : null,
    },
    // A session that a studio's provider opened can be nowhere else, so nothing else is offered.
    memberships: actor.viaProvider
      ? memberships.filter((one) => one.organizationId === actor.organizationId)
      : memberships,
    viaProvider: Boolean(actor.viaProvider),
    isSuperAdmin: actor.kind === 'platform' && actor.isSuperAdmin,
    actingAs: member?.actingAs ? toActing(member.organizationId, member.actingAs) : null,
    readOnlyUntil: member?.readOnlyUntil ?? null,
  }
}

function placeOf({ organizationId, ...actor }: SignedIn, memberships: MembershipRow[]): MeView['organization'] {
  if (organizationId === null) return null
  if (actor.kind === 'user' && actor.actingAs)
    return { id: organizationId, slug: actor.actingAs.organizationSlug, name: actor.actingAs.organizationName }
  const active = memberships.find((one) => one.organizationId === organizationId)
  return active ? { id: organizationId, slug: active.slug, name: active.name } : null
}

function toActing(organizationId: string, { organizationName, reason, until }: ActingAs): ActingView {
  return { organizationId, organizationName, reason, until }
}
