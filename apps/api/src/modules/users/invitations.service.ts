import type { InviteUserInput, UserView } from '@sparkle/shared/users'
import { isAccountRole, type Role } from '@sparkle/shared/permissions'
import type { PlatformActor, PublicActor, UserActor } from '../../core/actor.ts'
import { AppError, assertVersion, conflict, invalid, notFound } from '../../core/app-error.ts'
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
  isInvited,
  type InvitationRow,
  lockInvitation,
  lockMembership,
  updateInvitation,
  upsertMembership,
  userEmailContext,
} from './users.queries.ts'
import { assertOpen, stateOfInvite } from './users.rules.ts'
import { assertNotAbove, getUser } from './users.service.ts'

export { stateOfInvite }

const invitationDays = 7

function freshExpiry(): string {
  return new Date(Date.now() + invitationDays * 86_400_000).toISOString()
}

/** The secret of an invitation's link. It is signed and not stored; sent again, an invitation has another one. */
export function signInvitation(
  crypto: Pick<Crypto, 'signToken'>,
  organizationId: string,
  { id, generation }: { id: string; generation: number },
): string {
  return crypto.signToken('invite', [organizationId, id, ...(generation > 0 ? [String(generation)] : [])])
}

/** What a link stands for. Throws 404 for one that was never made here. */
export function readInvitation(crypto: Pick<Crypto, 'readToken'>, token: string) {
  const [organizationId, id, generation = '0'] = crypto.readToken('invite', token) ?? notFound('invite')
  if (!organizationId || !id) notFound('invite')
  return { organizationId, id, generation: Number(generation) }
}
export type InvitationLink = Pick<ReturnType<typeof readInvitation>, 'id' | 'generation'>

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

/** Where somebody of a customer is invited to: an account, and what they come for. */
export interface AccountInvitation {
  email: string
  role: 'owner' | 'member'
  accountId: string
  project?: { id: string; petName: string }
}

/** Invites somebody to sign in for an account. Whether the caller may is decided with the account or the project. */
export async function inviteToAccount(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  input: AccountInvitation,
): Promise<UserView> {
  return invite(tx, crypto, actor, input)
}

async function invite(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor | PlatformActor,
  input: { email: string; role: Role; accountId: string | null; project?: AccountInvitation['project'] },
): Promise<UserView> {
  const id = newId()
  const emailIndex = crypto.blindIndex(input.email, userEmailContext)
  const member = await findMemberByEmail(tx, emailIndex)
  // A customer is not told who else is known to the studio: the invitation goes out, and who follows it hears why not.
  const mayHear = !isCustomer(actor) || member?.accountId === input.accountId
  if (mayHear) assertNotMember(member, input.accountId)
  // Nor whom others have invited: only of the own account's open invitations a customer is told.
  if (!isCustomer(actor) && (await isInvited(tx, emailIndex))) alreadyInvited()
  const invited = await insertInvitation(tx, {
    id,
    emailIndex,
    emailCipher: crypto.encrypt(input.email, userEmailContext),
    role: input.role,
    accountId: input.accountId,
    projectId: input.project?.id ?? null,
    invitedBy: actor.userId,
    expiresAt: freshExpiry(),
  })
  if (!invited) alreadyInvited()
  await recordAudit(tx, actor, 'user:invited', { entity: 'invitation', id, changes: { role: input.role } })
  await emit(tx, actor, 'user:invited', {
    projectId: input.project?.id ?? null,
    data: { invitationId: id, role: input.role, ...(input.project && { petName: input.project.petName }) },
  })
  return getUser(tx, crypto, id)
}

function alreadyInvited(): never {
  return conflict('user.already_invited', 'This person has an open invitation. Send that one again.')
}

function isCustomer(actor: UserActor | PlatformActor): boolean {
  return actor.kind === 'user' && isAccountRole(actor.role)
}

/**
 * Somebody may have come in by the studio's provider since they were invited, and have had their access ended; a
 * customer may have come in for another account, which is for those to hear who invite. `accountId` is the one that they
 * invite to, if any.
 */
function assertNotMember(
  member: { accountId: string | null; deactivatedAt: string | null } | undefined,
  accountId: string | null = null,
): void {
  if (member?.deactivatedAt)
    conflict('user.deactivated', 'This person was on the team before. Reactivate them instead.')
  if (member?.accountId && accountId && member.accountId !== accountId)
    conflict(
      'user.of_another_account',
      'This person belongs to another client of the studio, and nobody belongs to two. Merge the two clients, give the ' +
        'project to theirs, or make them a review link.',
    )
  if (member?.accountId) conflict('user.already_member', 'This person has an account here already.')
  if (member) conflict('user.already_member', 'This person is a member of the studio already.')
}

/** Locks an invitation that is still good for something; 404 for others. */
export async function lockOpen(tx: TenantTx, id: string): Promise<InvitationRow> {
  const invitation = (await lockInvitation(tx, id)) ?? notFound('invitation')
  if (invitation.acceptedAt || invitation.revokedAt) notFound('invitation')
  return invitation
}

/** Sends an invitation again, for another week. The link of the mail before is dead from then on. */
export async function resendInvitation(tx: TenantTx, crypto: Crypto, actor: UserActor, id: string): Promise<UserView> {
  const invitation = await lockOpen(tx, id)
  await assertNotAbove(tx, actor, { role: invitation.role, customRoleId: null })
  await renewInvitation(tx, actor, invitation)
  return getUser(tx, crypto, id)
}

/** The same for an open invitation that the caller has locked and decided on. */
export async function renewInvitation(tx: TenantTx, actor: UserActor, invitation: InvitationRow): Promise<void> {
  const { id, role, projectId } = invitation
  await updateInvitation(tx, id, { expiresAt: freshExpiry(), generation: invitation.generation + 1 })
  await recordAudit(tx, actor, 'user:invited', { entity: 'invitation', id, changes: { again: true } })
  await emit(tx, actor, 'user:invited', { projectId, data: { invitationId: id, role } })
}

export async function revokeInvitation(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const invitation = await lockOpen(tx, id)
  assertVersion(invitation.version, expected)
  await assertNotAbove(tx, actor, { role: invitation.role, customRoleId: null })
  await updateInvitation(tx, id, { revokedAt: new Date().toISOString() })
  await recordAudit(tx, actor, 'user:invitation:revoked', { entity: 'invitation', id })
  await emit(tx, actor, 'user:invitation:revoked', {
    projectId: invitation.projectId,
    data: { invitationId: id, role: invitation.role },
  })
}

/** What a link leads to, and whether it still opens it. */
export async function getInvitation(tx: TenantTx, crypto: Crypto, { id, generation }: InvitationLink) {
  const { emailCipher, petName, projectId, ...found } = (await findInvitation(tx, id)) ?? notFound('invite')
  const given = found.generation === generation ? stateOfInvite(found, new Date()) : 'revoked'
  const belongs = given === 'open' && (await findMemberByEmail(tx, found.emailIndex)) !== undefined
  const state = belongs ? ('member' as const) : given
  const project = state === 'open' && projectId && petName !== null ? { id: projectId, petName } : null
  return { ...found, state, project, email: crypto.decrypt(emailCipher, userEmailContext) }
}
export type FoundInvitation = Awaited<ReturnType<typeof getInvitation>>

/** The same where it can still be accepted; else 404 or 410. */
export async function getOpenInvitation(tx: TenantTx, crypto: Crypto, link: InvitationLink): Promise<FoundInvitation> {
  const invitation = await getInvitation(tx, crypto, link)
  assertNewest(invitation, link)
  assertOpen(invitation, new Date())
  return invitation
}

function assertNewest(invitation: { generation: number; revokedAt: string | null }, link: InvitationLink): void {
  if (invitation.generation !== link.generation && !invitation.revokedAt)
    throw new AppError('gone', 'invite.replaced', 'This invitation was sent again: use the link of the newest mail.')
}

/** Who accepts: somebody known whose password was checked, or somebody new with the hash of theirs. */
export type Accepting = { userId: string } | { displayName: string; passwordHash: string }

/** Turns an invitation into a membership, once, and answers whose it is. */
export async function acceptInvitation(
  tx: TenantTx,
  crypto: Crypto,
  actor: PublicActor,
  link: InvitationLink,
  who: Accepting,
): Promise<string> {
  const { id } = link
  const invitation = (await lockInvitation(tx, id)) ?? notFound('invite')
  assertNewest(invitation, link)
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
  await emit(tx, actor, 'user:accepted', {
    projectId: invitation.projectId,
    data: { userId, userName: displayName, role: invitation.role },
  })
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
