import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { ListApiKeysQuery } from '@sparkle/shared/api-keys'
import { byTime } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { apiKeys as k } from '../../db/tables/api-keys.ts'
import { memberships, users } from '../../db/tables/organizations.ts'

const live = sql`${k.revokedAt} is null and (${k.expiresAt} is null or ${k.expiresAt} > now())`

function selectKeys(tx: TenantTx) {
  return tx
    .select({
      id: k.id,
      name: k.name,
      prefix: k.prefix,
      scopes: k.scopes,
      status: sql<'active' | 'expired' | 'revoked'>`case when ${k.revokedAt} is not null then 'revoked'
        when ${k.expiresAt} <= now() then 'expired' else 'active' end`,
      userId: k.userId,
      userName: users.displayName,
      userKind: users.kind,
      createdBy: k.createdBy,
      createdAt: k.createdAt,
      expiresAt: k.expiresAt,
      lastUsedAt: k.lastUsedAt,
      lastUsedAddress: k.lastUsedAddress,
      revokedAt: k.revokedAt,
      version: k.version,
    })
    .from(k)
    .innerJoin(users, eq(users.id, k.userId))
    .$dynamic()
}

export type KeyFilter = Pick<ListApiKeysQuery, 'status' | 'userId'>

function wanted(tx: TenantTx, { userId, status }: KeyFilter): SQL | undefined {
  const state = status && (status === 'active' ? live : sql`not (${live})`)
  return and(eq(k.organizationId, tx.organizationId), userId ? eq(k.userId, userId) : undefined, state)
}

/** One page of keys, of everybody where the filter names no member. */
export async function listKeyRows(tx: TenantTx, query: Omit<ListApiKeysQuery, 'owner' | 'include'>) {
  const { sort, limit, cursor } = query
  const { after, order } = byTime(sort, k.createdAt, k.id, cursor)
  const rows = await selectKeys(tx)
    .where(and(wanted(tx, query), after))
    .orderBy(...order)
    .limit(limit + 1)
  return toPage(rows, limit, sort, (row) => [row.createdAt, row.id])
}

export function countKeyRows(tx: TenantTx, filter: KeyFilter): Promise<number> {
  return tx.$count(k, wanted(tx, filter))
}

export async function findKey(tx: TenantTx, id: string) {
  const [row] = await selectKeys(tx).where(and(eq(k.organizationId, tx.organizationId), eq(k.id, id)))
  return row
}

/** Locks a key, so that what is decided on it still holds when it is written. */
export async function lockKey(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({ id: k.id, userId: k.userId, name: k.name, revokedAt: k.revokedAt, version: k.version })
    .from(k)
    .where(and(eq(k.organizationId, tx.organizationId), eq(k.id, id)))
    .for('update')
  return row
}

export async function insertKey(tx: TenantTx, values: Omit<typeof k.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(k).values({ ...values, organizationId: tx.organizationId })
}

export async function endKey(tx: TenantTx, id: string, by: string): Promise<void> {
  await tx
    .update(k)
    .set({ revokedAt: sql`now()` as unknown as string, revokedBy: by, version: sql`${k.version} + 1` })
    .where(and(eq(k.organizationId, tx.organizationId), eq(k.id, id)))
}

/** The member a key is made for, locked: two keys made at once count each other. */
export async function lockKeyOwner(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({ userId: memberships.userId, role: memberships.role, kind: users.kind })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, tx.organizationId),
        eq(memberships.userId, userId),
        isNull(memberships.deactivatedAt),
      ),
    )
    .for('update', { of: memberships })
  return row
}

/** Live keys that end within so many days and whose person has not been told; others' locks are stepped over. */
export function lockEndingKeys(tx: TenantTx, days: number, most: number) {
  return tx
    .select({ id: k.id, name: k.name, userId: k.userId, createdBy: k.createdBy, expiresAt: k.expiresAt })
    .from(k)
    .where(
      and(
        eq(k.organizationId, tx.organizationId),
        live,
        sql`${k.expiresAt} <= now() + make_interval(days => ${days})`,
        or(isNull(k.warnedDays), sql`${k.warnedDays} > ${days}`),
      ),
    )
    .limit(most)
    .for('no key update', { skipLocked: true })
}

export async function markKeyWarned(tx: TenantTx, id: string, days: number): Promise<void> {
  await tx
    .update(k)
    .set({ warnedDays: days })
    .where(and(eq(k.organizationId, tx.organizationId), eq(k.id, id)))
}

export async function findUserKind(tx: TenantTx, userId: string) {
  const [row] = await tx.select({ kind: users.kind }).from(users).where(eq(users.id, userId))
  return row?.kind
}
