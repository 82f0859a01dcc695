import { rolePermissions, type Permission, type Role, studioPermissions, allows } from '@sparkle/shared/permissions'
import {
  type CreateCustomRoleInput,
  type CustomRoleView,
  mostRoles,
  type UpdateCustomRoleInput,
} from '@sparkle/shared/roles'
import type { SetRoleInput } from '@sparkle/shared/users'
import { can, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, forbidden, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import { violates } from '../../core/db-fault.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  deleteRoleRow,
  findCustomRole,
  insertRole,
  listRoles,
  lockCustomRole,
  lockRoles,
  updateRole,
} from './roles.queries.ts'

/** A role as a membership has it, built-in or of the studio's own. */
export interface RoleFacts {
  role: Role
  customRoleId: string | null
  name: string
  permissions: readonly string[]
}

/** The role of a membership. */
export async function findRole(
  tx: TenantTx,
  { role, customRoleId }: { role: Role; customRoleId: string | null },
): Promise<RoleFacts> {
  const own = customRoleId ? await findCustomRole(tx, customRoleId) : undefined
  return { role, customRoleId, name: own?.name ?? role, permissions: own?.permissions ?? rolePermissions[role] }
}

/** The role that somebody is to get. Throws 404 for one that is not there, 403 for one that may more than the giver. */
export async function findGivableRole(tx: TenantTx, actor: UserActor, input: SetRoleInput): Promise<RoleFacts> {
  const own = input.roleId ? ((await lockCustomRole(tx, input.roleId)) ?? notFound('role')) : undefined
  const role = own?.baseRole ?? input.role ?? notFound('role')
  const facts = {
    role,
    customRoleId: own?.id ?? null,
    name: own?.name ?? role,
    permissions: own?.permissions ?? rolePermissions[role],
  }
  assertMayGive(actor, facts)
  return facts
}

/** Throws 403 `role.exceeds_own` where a role may anything that the actor may not: nobody gives what they do not hold. */
export function assertMayGive(actor: UserActor, { role, permissions }: Pick<RoleFacts, 'role' | 'permissions'>): void {
  // Whom the assignment does not bind may more than an artist with the same permissions.
  const anywhere = role === 'artist' ? undefined : { assignedArtistId: null }
  const missing = covered(permissions).find((name) => !can(actor, name, anywhere))
  if (missing)
    forbidden('role.exceeds_own', `This role may do what you may not: ${missing}. Nobody gives what they do not hold.`)
}

/** The permissions of a studio that a set of patterns covers. */
export function covered(patterns: readonly string[]): Permission[] {
  return studioPermissions.filter((name) => allows(patterns, name))
}

export async function listCustomRoles(tx: TenantTx): Promise<{ items: CustomRoleView[] }> {
  return { items: await listRoles(tx) }
}

export async function getCustomRole(tx: TenantTx, id: string): Promise<CustomRoleView> {
  return (await findCustomRole(tx, id)) ?? notFound('role')
}

export async function createCustomRole(
  tx: TenantTx,
  actor: UserActor,
  input: CreateCustomRoleInput,
): Promise<CustomRoleView> {
  const permissions = covered(input.permissions)
  assertMayGive(actor, { role: input.baseRole, permissions })
  await lockRoles(tx)
  if ((await listRoles(tx)).length >= mostRoles)
    conflict('role.too_many', `A studio has at most ${mostRoles} roles of its own. Delete one first.`)
  const id = newId()
  await named(input.name, () => insertRole(tx, { ...input, id, permissions }))
  await recordAudit(tx, actor, 'studio:role:created', { entity: 'custom_role', id, changes: { ...input } })
  await emit(tx, actor, 'studio:role:created', { data: { roleId: id, role: input.name } })
  return getCustomRole(tx, id)
}

/** Counts at once for everybody who has the role. */
export async function changeCustomRole(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  input: UpdateCustomRoleInput,
  expected: number | null,
): Promise<CustomRoleView> {
  const before = (await lockCustomRole(tx, id)) ?? notFound('role')
  assertVersion(before.version, expected)
  // To take something away from a role weakens all who have it, so that asks for as much as to give it.
  assertMayGive(actor, { role: before.baseRole, permissions: before.permissions })
  if (input.permissions) assertMayGive(actor, { role: before.baseRole, permissions: covered(input.permissions) })
  await named(input.name ?? before.name, () => updateRole(tx, id, input))
  const changes = changesBetween<Record<string, unknown>>(before, input)
  await recordAudit(tx, actor, 'studio:role:updated', { entity: 'custom_role', id, changes })
  await emit(tx, actor, 'studio:role:updated', { data: { roleId: id, role: input.name ?? before.name } })
  return getCustomRole(tx, id)
}

/** Throws 409 `role.in_use` while anybody has it, deactivated members among them: they would come back with less. */
export async function deleteCustomRole(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  expected: number | null,
): Promise<void> {
  const before = (await lockCustomRole(tx, id)) ?? notFound('role')
  assertVersion(before.version, expected)
  if (before.members > 0)
    conflict('role.in_use', `${before.members} of the team have this role. Give them another one first.`)
  await deleteRoleRow(tx, id)
  await recordAudit(tx, actor, 'studio:role:deleted', {
    entity: 'custom_role',
    id,
    changes: { name: [before.name, null] },
  })
  await emit(tx, actor, 'studio:role:deleted', { data: { roleId: id, role: before.name } })
}

async function named(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (violates(error, 'custom_roles_name_key')) conflict('role.name_taken', `There is a role "${name}" already.`)
    throw error
  }
}
