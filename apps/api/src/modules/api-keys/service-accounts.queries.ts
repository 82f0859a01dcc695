import { and, eq, sql } from 'drizzle-orm'
import type { ListServiceAccountsQuery } from '@sparkle/shared/api-keys'
import type { StudioRole } from '@sparkle/shared/permissions'
import { byTime } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { apiKeys } from '../../db/tables/api-keys.ts'
import { memberships as m, users } from '../../db/tables/organizations.ts'

const keysOf = sql`from ${apiKeys} k where k.organization_id = ${m.organizationId} and k.user_id = ${m.userId}`

function selectAccounts(tx: TenantTx) {
  return tx
    .select({
      id: m.userId,
      name: users.displayName,
      role: sql<StudioRole>`${m.role}`,
      status: sql<'active' | 'deactivated'>`case when ${m.deactivatedAt} is null then 'active' else 'deactivated' end`,
      activeKeys: sql<number>`(select count(*)::int ${keysOf} and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > now()))`,
      lastUsedAt: sql<string | null>`(select max(k.last_used_at) ${keysOf})`.mapWith(apiKeys.lastUsedAt),
      createdAt: m.createdAt,
      version: m.version,
    })
    .from(m)
    .innerJoin(users, and(eq(users.id, m.userId), eq(users.kind, 'service')))
    .$dynamic()
}

export async function listAccountRows(tx: TenantTx, { sort, limit, cursor }: ListServiceAccountsQuery) {
  const { after, order } = byTime(sort, m.createdAt, m.userId, cursor)
  const rows = await selectAccounts(tx)
    .where(and(eq(m.organizationId, tx.organizationId), after))
    .orderBy(...order)
    .limit(limit + 1)
  return toPage(rows, limit, sort, (row) => [row.createdAt, row.id])
}

export async function countAccounts(tx: TenantTx): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(m)
    .innerJoin(users, and(eq(users.id, m.userId), eq(users.kind, 'service')))
    .where(eq(m.organizationId, tx.organizationId))
  return row?.total ?? 0
}

export async function findAccount(tx: TenantTx, id: string) {
  const [row] = await selectAccounts(tx).where(and(eq(m.organizationId, tx.organizationId), eq(m.userId, id)))
  return row
}
