import { and, asc, count, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets } from '../../db/tables/assets.ts'
import { memberships, users } from '../../db/tables/organizations.ts'
import { permissionGrants as g } from '../../db/tables/permissions.ts'
import { projects } from '../../db/tables/projects.ts'

function selectGrants(tx: TenantTx) {
  return tx
    .select({
      id: g.id,
      userId: g.userId,
      effect: g.effect,
      permission: g.permission,
      projectId: g.projectId,
      assetId: g.assetId,
      resourceName: sql<string | null>`coalesce(${projects.petName}, ${assets.filename})`,
      reason: g.reason,
      expiresAt: g.expiresAt,
      active: sql<boolean>`(${g.expiresAt} is null or ${g.expiresAt} > now())`,
      grantedBy: g.grantedBy,
      grantedByName: users.displayName,
      createdAt: g.createdAt,
    })
    .from(g)
    .innerJoin(users, eq(users.id, g.grantedBy))
    .leftJoin(projects, and(eq(projects.organizationId, g.organizationId), eq(projects.id, g.projectId)))
    .leftJoin(assets, and(eq(assets.organizationId, g.organizationId), eq(assets.id, g.assetId)))
}

/** All of a person's, expired ones too, in the order in which they were made. */
export function listGrants(tx: TenantTx, userId: string) {
  return selectGrants(tx).where(eq(g.userId, userId)).orderBy(asc(g.createdAt), asc(g.id))
}

export async function findGrant(tx: TenantTx, userId: string, id: string) {
  const [row] = await selectGrants(tx).where(and(eq(g.userId, userId), eq(g.id, id)))
  return row
}

export async function countGrants(tx: TenantTx, userId: string): Promise<number> {
  const [row] = await tx.select({ total: count() }).from(g).where(eq(g.userId, userId))
  return row?.total ?? 0
}

export async function hasDenial(tx: TenantTx, userId: string): Promise<boolean> {
  const lasting = or(isNull(g.expiresAt), gt(g.expiresAt, sql`now()`))
  const [row] = await tx
    .select({ id: g.id })
    .from(g)
    .where(and(eq(g.userId, userId), eq(g.effect, 'deny'), lasting))
    .limit(1)
  return row !== undefined
}

export async function insertGrant(tx: TenantTx, grant: Omit<typeof g.$inferInsert, 'organizationId'>) {
  await tx.insert(g).values({ ...grant, organizationId: tx.organizationId })
}

export async function deleteGrantRow(tx: TenantTx, id: string) {
  await tx.delete(g).where(eq(g.id, id))
}

/** The membership, locked, so that what is decided on its role still holds. */
export async function lockMember(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({ role: memberships.role, displayName: users.displayName })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.userId, userId))
    .for('update', { of: memberships })
  return row
}
