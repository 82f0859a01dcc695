import type { MeView, ProfileView } from '@sparkle/shared/auth'
import { permissionNames } from '@sparkle/shared/permissions'
import { can } from '../../core/actor.ts'
import type { Note, PersonTx } from '../../core/as-person.ts'
import type { Crypto } from '../../core/crypto.ts'
import { assertVersion, notFound } from '../../core/app-error.ts'
import { changesBetween } from '../../core/audit.ts'
import type { MembershipRow } from '../../db/system.ts'
import { findOwnProfile, lockOwnProfile, type ProfileRow, updateOwnProfile } from './profile.queries.ts'
import type { SignedIn } from './caller.ts'

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
  const active = memberships.find((m) => m.organizationId === actor.organizationId)
  return {
    user,
    organization: active ? { id: active.organizationId, slug: active.slug, name: active.name } : null,
    role: actor.kind === 'user' ? actor.role : null,
    accountId: actor.kind === 'user' ? actor.accountId : null,
    customRole: (actor.kind === 'user' && actor.customRole) || null,
    permissions: permissionNames.filter((name) => can(actor, name)),
    rights: {
      permissions: [...actor.permissions],
      grants: actor.kind === 'user' ? [...(actor.grants ?? [])] : [],
      scopes: actor.kind === 'user' && actor.scopes ? [...actor.scopes] : null,
    },
    memberships,
    isSuperAdmin: actor.kind === 'platform' && actor.isSuperAdmin,
  }
}
