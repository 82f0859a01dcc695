import { asc, eq, sql } from 'drizzle-orm'
import type { UpdateCustomRoleInput } from '@sparkle/shared/roles'
import type { Permission } from '@sparkle/shared/permissions'
import type { TenantTx } from '../../core/in-tenant.ts'
import { customRoles, memberships } from '../../db/tables/organizations.ts'

const columns = {
  id: customRoles.id,
  name: customRoles.name,
  description: customRoles.description,
  baseRole: customRoles.baseRole,
  permissions: customRoles.permissions,
  members: sql<number>`(select count(*)::int from ${memberships}
    where ${memberships.organizationId} = ${customRoles.organizationId} and ${memberships.customRoleId} = ${customRoles.id})`,
  createdAt: customRoles.createdAt,
  updatedAt: customRoles.updatedAt,
  version: customRoles.version,
}

/** Lets the studio's roles be counted and added to by one at a time. */
export async function lockRoles(tx: TenantTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`roles\n${tx.organizationId}`}, 0))`)
}

export function listRoles(tx: TenantTx) {
  return tx.select(columns).from(customRoles).orderBy(asc(customRoles.name), asc(customRoles.id))
}

export async function findCustomRole(tx: TenantTx, id: string) {
  const [row] = await tx.select(columns).from(customRoles).where(eq(customRoles.id, id))
  return row
}

export async function lockCustomRole(tx: TenantTx, id: string) {
  const [locked] = await tx.select({ id: customRoles.id }).from(customRoles).where(eq(customRoles.id, id)).for('update')
  return locked && findCustomRole(tx, id)
}

export async function insertRole(tx: TenantTx, role: Omit<typeof customRoles.$inferInsert, 'organizationId'>) {
  await tx.insert(customRoles).values({ ...role, organizationId: tx.organizationId })
}

export async function updateRole(tx: TenantTx, id: string, changes: UpdateCustomRoleInput) {
  const { permissions, ...rest } = changes
  await tx
    .update(customRoles)
    .set({
      ...rest,
      ...(permissions && { permissions: permissions as Permission[] }),
      updatedAt: sql`now()`,
      version: sql`${customRoles.version} + 1`,
    })
    .where(eq(customRoles.id, id))
}

export async function deleteRoleRow(tx: TenantTx, id: string) {
  await tx.delete(customRoles).where(eq(customRoles.id, id))
}
