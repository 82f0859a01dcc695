import type { AccountMember, InviteMemberInput } from '@sparkle/shared/accounts'
import { sql } from 'drizzle-orm'
import { isAccountRole, type Role } from '@sparkle/shared/permissions'
import { can, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { revokeMemberSessions } from '../../db/system.ts'
import { inviteToAccount, lockOpen, renewInvitation, revokeInvitation } from '../users/invitations.service.ts'
import { lockInvitation, lockMembership, updateInvitation, updateMembership } from '../users/users.queries.ts'
import { getUser } from '../users/users.service.ts'
import { findAccount, listMemberIds } from './accounts.queries.ts'
import { openAccount } from './open-account.service.ts'

/** Which member of which account, and the version a change was made against. */
export interface MemberPlace {
  accountId: string
  userId: string
  expected: number | null
}

async function memberView(tx: TenantTx, crypto: Crypto, id: string): Promise<AccountMember> {
  const { displayName, email, role, status, createdAt, lastSeenAt, version } = await getUser(tx, crypto, id)
  if (!isAccountRole(role)) throw new Error('Somebody of the team is listed as a customer.')
  return { id, displayName, email, role: accountRole(role), status, createdAt, lastSeenAt, version }
}

function accountRole(role: Role): AccountMember['role'] {
  return role === 'owner' ? 'owner' : 'member'
}

/** Who signs in for an account, and who is invited to. Customers see those of their own. */
export async function listMembers(tx: TenantTx, crypto: Crypto, actor: UserActor, accountId: string) {
  if (!(await findAccount(tx, accountId)) || !can(actor, 'accounts:read', { accountId })) notFound('account')
  const items: AccountMember[] = []
  for (const id of await listMemberIds(tx, accountId)) items.push(await memberView(tx, crypto, id))
  return { items }
}

/** Invites somebody to sign in for an account: by the studio, or by an owner to the own one. */
export async function inviteMember(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  accountId: string,
  input: InviteMemberInput,
): Promise<AccountMember> {
  await openAccount(tx, actor, accountId, 'accounts:invite')
  const { id } = await inviteToAccount(tx, crypto, actor, { ...input, accountId })
  return memberView(tx, crypto, id)
}

/** An open invitation to an account, and the version a change was made against. */
export interface InvitationPlace {
  accountId: string
  id: string
  expected: number | null
}

/** The open invitation, locked, for somebody who may invite there; 404 for those to elsewhere. */
async function openInvitation(tx: TenantTx, actor: UserActor, { accountId, id, expected }: InvitationPlace) {
  await openAccount(tx, actor, accountId, 'accounts:invite')
  const invitation = await lockOpen(tx, id)
  if (invitation.accountId !== accountId) notFound('invitation')
  assertVersion(invitation.version, expected)
  return invitation
}

/** Sends an invitation again for another week, with a new link; the one before is dead. */
export async function resendMemberInvitation(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  place: InvitationPlace,
): Promise<AccountMember> {
  await renewInvitation(tx, actor, await openInvitation(tx, actor, place))
  return memberView(tx, crypto, place.id)
}

export async function revokeMemberInvitation(tx: TenantTx, actor: UserActor, place: InvitationPlace): Promise<void> {
  const { id } = await openInvitation(tx, actor, place)
  await revokeInvitation(tx, actor, id, place.expected)
}

/** The member or the open invitation, locked; 404 for those of another account. */
async function openMember(tx: TenantTx, actor: UserActor, { accountId, userId, expected }: MemberPlace) {
  await openAccount(tx, actor, accountId, 'accounts:update')
  const member = await lockMembership(tx, userId)
  const invitation = member ? undefined : await lockInvitation(tx, userId)
  const found = member ?? invitation
  if (found?.accountId !== accountId || invitation?.acceptedAt || invitation?.revokedAt) notFound('member')
  assertVersion(found.version, expected)
  return { member, role: found.role }
}

export async function setMemberRole(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  place: MemberPlace,
  role: AccountMember['role'],
): Promise<AccountMember> {
  const { accountId, userId } = place
  const { member, role: from } = await openMember(tx, actor, place)
  await (member ? updateMembership(tx, userId, { role }) : updateInvitation(tx, userId, { role }))
  const entity = member ? 'membership' : 'invitation'
  await recordAudit(tx, actor, 'account:member:changed', { entity, id: userId, changes: { role: [from, role] } })
  await emit(tx, actor, 'account:member:changed', { data: { accountId, userId, from, to: role } })
  return memberView(tx, crypto, userId)
}

/** Ends somebody's access to the account, at once; or withdraws their invitation. What they did stays. */
export async function removeMember(tx: TenantTx, actor: UserActor, place: MemberPlace): Promise<void> {
  const { accountId, userId, expected } = place
  const { member } = await openMember(tx, actor, place)
  if (!member) return revokeInvitation(tx, actor, userId, expected)
  if (member.deactivatedAt) conflict('user.already_deactivated', 'This person has no access any more.')
  await updateMembership(tx, userId, { deactivatedAt: sql`now()` })
  const endedSessions = await revokeMemberSessions(tx, userId)
  const changes = { accountId, endedSessions }
  await recordAudit(tx, actor, 'account:member:changed', { entity: 'membership', id: userId, changes })
  await emit(tx, actor, 'account:member:changed', { data: { accountId, userId, removed: true } })
}
