import type { InviteUserInput, UserView } from '@sparkle/shared/users'
import type { Role } from '@sparkle/shared/permissions'
import type { PlatformActor, PublicActor, UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { createUser } from '../../db/system.ts'
import { findGivableRole } from '../permissions/roles.service.ts'
import {
  findInvitation,
  findMemberByEmail,
  insertInvitation,
  lockInvitation,
  lockMembership,
  updateInvitation,
  upsertMembership,
  userEmailContext,
} from './users.queries.ts'
import { assertOpen } from './users.rules.ts'
import { assertNotAbove, getUser } from './users.service.ts'

const invitationDays = 7

function freshExpiry(): string {
  return new Date(Date.now() + invitationDays * 86_400_000).toISOString()
}

/** Invites somebody to the team. The mail with the private link is sent by the handler of `user:invited`. */
export async function inviteUser(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor | PlatformActor,
  input: InviteUserInput,
): Promise<UserView> {
  // The platform's people name the first admin of a studio that they made for somebody.
  if (actor.kind === 'user') await findGivableRole(tx, actor, { role: input.role })
  return invite(tx, crypto, actor, { ...input, accountId: null })
}

/** Invites somebody to sign in for an account. Whether the caller may is decided with the account. */
export async function inviteToAccount(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  input: { email: string; role: 'owner' | 'member'; accountId: string },
): Promise<UserView> {
  return invite(tx, crypto, actor, input)
}

async function invite(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor | PlatformActor,
  input: { email: string; role: Role; accountId: string | null },
): Promise<UserView> {
  const id = newId()
  const emailIndex = crypto.blindIndex(input.email, userEmailContext)
  assertNotMember(await findMemberByEmail(tx, emailIndex))
  const invited = await insertInvitation(tx, {
    id,
    emailIndex,
    emailCipher: crypto.encrypt(input.email, userEmailContext),
    role: input.role,
    accountId: input.accountId,
    invitedBy: actor.userId,
    expiresAt: freshExpiry(),
  })
  if (!invited) conflict('user.already_invited', 'This person has an open invitation. Send that one again.')
  await recordAudit(tx, actor, 'user:invited', { entity: 'invitation', id, changes: { role: input.role } })
  await emit(tx, actor, 'user:invited', { data: { invitationId: id, role: input.role } })
  return getUser(tx, crypto, id)
}

/** Somebody may have come in by the studio's provider since they were invited, and have had their access ended. */
function assertNotMember(member: { deactivatedAt: string | null } | undefined): void {
  if (member?.deactivatedAt)
    conflict('user.deactivated', 'This person was on the team before. Reactivate them instead.')
  if (member) conflict('user.already_member', 'This person is a member of the studio already.')
}

async function lockOpen(tx: TenantTx, id: string) {
  const invitation = (await lockInvitation(tx, id)) ?? notFound('invitation')
  if (invitation.acceptedAt || invitation.revokedAt) notFound('invitation')
  return invitation
}

/** Makes an invitation good for another week and sends its mail again. */
export async function resendInvitation(tx: TenantTx, crypto: Crypto, actor: UserActor, id: string): Promise<UserView> {
  const invitation = await lockOpen(tx, id)
  await assertNotAbove(tx, actor, { role: invitation.role, customRoleId: null })
  await updateInvitation(tx, id, { expiresAt: freshExpiry() })
  await recordAudit(tx, actor, 'user:invited', { entity: 'invitation', id, changes: { again: true } })
  await emit(tx, actor, 'user:invited', { data: { invitationId: id, role: invitation.role } })
  return getUser(tx, crypto, id)
}

export async function revokeInvitation(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const invitation = await lockOpen(tx, id)
  assertVersion(invitation.version, expected)
  await updateInvitation(tx, id, { revokedAt: new Date().toISOString() })
  await recordAudit(tx, actor, 'user:invitation:revoked', { entity: 'invitation', id })
  await emit(tx, actor, 'user:invitation:revoked', { data: { invitationId: id, role: invitation.role } })
}

export interface OpenInvitation {
  id: string
  email: string
  emailIndex: string
  role: Role
  studioName: string
  inviterName: string | null
  expiresAt: string
}

/** An invitation that can still be accepted; else 404 or 410. */
export async function getOpenInvitation(tx: TenantTx, crypto: Crypto, id: string): Promise<OpenInvitation> {
  const { emailCipher, ...invitation } = (await findInvitation(tx, id)) ?? notFound('invite')
  assertOpen(invitation, new Date())
  return { ...invitation, email: crypto.decrypt(emailCipher, userEmailContext) }
}

/** Who accepts: somebody known whose password was checked, or somebody new with the hash of theirs. */
export type Accepting = { userId: string } | { displayName: string; passwordHash: string }

/** Turns an invitation into a membership, once, and answers whose it is. */
export async function acceptInvitation(
  tx: TenantTx,
  crypto: Crypto,
  actor: PublicActor,
  id: string,
  who: Accepting,
): Promise<string> {
  const invitation = (await lockInvitation(tx, id)) ?? notFound('invite')
  assertOpen(invitation, new Date())
  const userId = 'userId' in who ? who.userId : await createPerson(tx, crypto, invitation, who)
  assertNotMember(await lockMembership(tx, userId))
  await upsertMembership(tx, userId, invitation.role, invitation.accountId)
  await updateInvitation(tx, id, { acceptedAt: new Date().toISOString() })
  const { displayName } = await getUser(tx, crypto, userId)
  await recordAudit(tx, actor, 'user:accepted', {
    entity: 'invitation',
    id,
    changes: { userId, role: invitation.role },
  })
  await emit(tx, actor, 'user:accepted', { data: { userId, userName: displayName, role: invitation.role } })
  return userId
}

async function createPerson(
  tx: TenantTx,
  crypto: Crypto,
  invitation: { emailCipher: string; emailIndex: string },
  who: { displayName: string; passwordHash: string },
): Promise<string> {
  const id = newId()
  const email = crypto.decrypt(invitation.emailCipher, userEmailContext)
  const created = await createUser(tx, {
    id,
    emailCipher: crypto.encrypt(email, userEmailContext),
    emailIndex: invitation.emailIndex,
    passwordHash: who.passwordHash,
    displayName: who.displayName,
  })
  if (!created)
    invalid('invite.user_exists', 'There is an account with this address now. Accept with its password.', 'password')
  return id
}
