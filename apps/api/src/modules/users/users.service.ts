import { sql } from 'drizzle-orm'
import type { ListUsersQuery, SetRoleInput, UpdateUserInput, UserView } from '@sparkle/shared/users'
import { isAccountRole, type Role } from '@sparkle/shared/permissions'
import { can, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, notFound } from '../../core/app-error.ts'
import { asksFor } from '../../core/cursor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantRead, TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { revokeMemberSessions } from '../../db/system.ts'
import { assertNotDenied } from '../permissions/grants.service.ts'
import { assertMayGive, findGivableRole, findRole, type RoleFacts } from '../permissions/roles.service.ts'
import {
  countPeople,
  findPerson,
  listPeople,
  lockActiveAdmins,
  lockInvitation,
  lockMembership,
  type PersonRow,
  updateDisplayName,
  updateInvitation,
  updateMembership,
  userEmailContext,
} from './users.queries.ts'
import { assertAdminRemains, assertStaff } from './users.rules.ts'

function toView(crypto: Crypto, { emailCipher, ...row }: PersonRow): UserView {
  const email = crypto.decrypt(emailCipher, userEmailContext)
  return { ...row, email, displayName: row.displayName ?? email, avatarUrl: null }
}

export async function listUsers(tx: TenantRead, crypto: Crypto, query: ListUsersQuery) {
  const emailIndex = query.q?.includes('@') ? crypto.blindIndex(query.q, userEmailContext) : null
  const page = await listPeople(tx, query, emailIndex)
  const total = asksFor(query.include, 'total') ? await countPeople(tx, query, emailIndex) : undefined
  const items = page.rows.map((row) => toView(crypto, row))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

export async function getUser(tx: TenantRead, crypto: Crypto, id: string): Promise<UserView> {
  return toView(crypto, (await findPerson(tx, id)) ?? notFound('user'))
}

/**
 * A member or an open invitation, locked for a change. The active admins come first and in one order: two who change
 * each other's roles would otherwise wait for each other for ever.
 */
async function openPerson(tx: TenantTx, id: string, expected: number | null) {
  const admins = await lockActiveAdmins(tx)
  if (!(await lockMembership(tx, id))) await lockInvitation(tx, id)
  const before = (await findPerson(tx, id)) ?? notFound('user')
  assertVersion(before.version, expected)
  return { before, admins }
}

/** Changes what an admin may change of a member or an open invitation, and what everybody may change of themselves. */
export async function changeUser(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  input: UpdateUserInput,
  expected: number | null,
): Promise<UserView> {
  const { before, admins } = await openPerson(tx, id, expected)
  if (input.role) {
    if (!can(actor, 'users:update')) forbidden('auth.forbidden', 'This needs the permission users:update.')
    await changeRole(tx, actor, before, admins, { role: input.role })
  }
  if (input.displayName) await changeOwnName(tx, actor, before, input.displayName)
  return getUser(tx, crypto, id)
}

async function changeOwnName(tx: TenantTx, actor: UserActor, before: PersonRow, displayName: string) {
  if (before.id !== actor.userId) forbidden('user.not_yourself', 'Only the person can change their own name.')
  await updateDisplayName(tx, actor.userId, displayName)
  await updateMembership(tx, actor.userId, {})
  await recordAudit(tx, actor, 'profile:updated', {
    entity: 'user',
    id: actor.userId,
    changes: { displayName: [before.displayName, displayName] },
  })
}

export async function setUserRole(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  input: SetRoleInput,
  expected: number | null,
): Promise<UserView> {
  const { before, admins } = await openPerson(tx, id, expected)
  await changeRole(tx, actor, before, admins, input)
  return getUser(tx, crypto, id)
}

async function changeRole(
  tx: TenantTx,
  actor: UserActor,
  { id, displayName }: Pick<PersonRow, 'id' | 'displayName'>,
  admins: readonly string[],
  input: SetRoleInput,
): Promise<void> {
  const wanted = await findGivableRole(tx, actor, input)
  const member = await lockMembership(tx, id)
  if (!member) return changeInvitedRole(tx, actor, id, wanted)
  assertStaff(member.role)
  const present = await findRole(tx, member)
  assertMayGive(actor, present)
  if (wanted.role !== 'admin') assertAdminRemains(admins, id)
  else await assertNotDenied(tx, id)
  await updateMembership(tx, id, { role: wanted.role, customRoleId: wanted.customRoleId })
  const from = present.name
  const to = wanted.name
  await recordAudit(tx, actor, 'user:role:changed', { entity: 'membership', id, changes: { role: [from, to] } })
  await emit(tx, actor, 'user:role:changed', { data: { userId: id, userName: displayName, from, to } })
}

async function changeInvitedRole(tx: TenantTx, actor: UserActor, id: string, { role, customRoleId }: RoleFacts) {
  const invitation = (await lockInvitation(tx, id)) ?? notFound('user')
  if (invitation.acceptedAt || invitation.revokedAt) notFound('user')
  assertStaff(invitation.role)
  assertMayGive(actor, await findRole(tx, { role: invitation.role, customRoleId: null }))
  if (customRoleId)
    conflict('role.not_joined', 'Invite them to a built-in role first, and change it once they have joined.')
  await updateInvitation(tx, id, { role })
  await recordAudit(tx, actor, 'user:role:changed', {
    entity: 'invitation',
    id,
    changes: { role: [invitation.role, role] },
  })
  await emit(tx, actor, 'user:role:changed', { data: { invitationId: id, from: invitation.role, to: role } })
}

/**
 * Throws 403 for somebody who may more than the caller: whoever could end, open or weaken a higher one's access would
 * decide over what they do not hold. A customer's rights are those of their account, which any of the team may end.
 */
export async function assertNotAbove(
  tx: TenantTx,
  actor: UserActor,
  member: { role: Role; customRoleId: string | null },
): Promise<void> {
  if (!isAccountRole(member.role)) assertMayGive(actor, await findRole(tx, member))
}

/** Ends a member's access and sessions in this studio. All they did stays, under their name. */
export async function deactivateUser(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<UserView> {
  const admins = await lockActiveAdmins(tx)
  const member = (await lockMembership(tx, id)) ?? notFound('user')
  assertVersion(member.version, expected)
  if (member.deactivatedAt) conflict('user.already_deactivated', 'This person is deactivated already.')
  await assertNotAbove(tx, actor, member)
  assertAdminRemains(admins, id)
  await updateMembership(tx, id, { deactivatedAt: sql`now()` })
  const endedSessions = await revokeMemberSessions(tx, id)
  const person = await getUser(tx, crypto, id)
  await recordAudit(tx, actor, 'user:deactivated', { entity: 'membership', id, changes: { endedSessions } })
  await emit(tx, actor, 'user:deactivated', { data: { userId: id, userName: person.displayName } })
  return person
}

export async function reactivateUser(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<UserView> {
  const member = (await lockMembership(tx, id)) ?? notFound('user')
  assertVersion(member.version, expected)
  if (!member.deactivatedAt) conflict('user.not_deactivated', 'This person is not deactivated.')
  await assertNotAbove(tx, actor, member)
  await updateMembership(tx, id, { deactivatedAt: null })
  const person = await getUser(tx, crypto, id)
  await recordAudit(tx, actor, 'user:reactivated', { entity: 'membership', id })
  await emit(tx, actor, 'user:reactivated', { data: { userId: id, userName: person.displayName } })
  return person
}
