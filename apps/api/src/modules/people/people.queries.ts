import { and, eq, lt, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { personErasures as e, personExports as x } from '../../db/tables/people.ts'

export type ExportRow = typeof x.$inferSelect
export type ErasureRow = typeof e.$inferSelect

export async function insertExport(tx: TenantTx, values: Omit<typeof x.$inferInsert, 'organizationId'>) {
  await tx.insert(x).values({ ...values, organizationId: tx.organizationId })
}

export async function lockExport(tx: TenantTx, id: string): Promise<ExportRow | undefined> {
  const [row] = await tx
    .select()
    .from(x)
    .where(and(eq(x.organizationId, tx.organizationId), eq(x.id, id)))
    .for('update')
  return row
}

export async function updateExport(tx: TenantTx, id: string, changes: Partial<typeof x.$inferInsert>) {
  await tx
    .update(x)
    .set({ ...changes, version: sql`${x.version} + 1` })
    .where(and(eq(x.organizationId, tx.organizationId), eq(x.id, id)))
}

/** Exports whose file has to go: their time is over. */
export function listExpiredExports(tx: TenantTx) {
  return tx
    .select({ id: x.id, storageKey: x.storageKey })
    .from(x)
    .where(and(eq(x.organizationId, tx.organizationId), sql`${x.storageKey} is not null`, lt(x.expiresAt, sql`now()`)))
    .limit(200)
}

/** The files of exports that were made of somebody. */
export function listExportsOf(tx: TenantTx, subjectIds: readonly string[]) {
  return tx
    .select({ id: x.id, storageKey: x.storageKey })
    .from(x)
    .where(
      and(
        eq(x.organizationId, tx.organizationId),
        sql`${x.storageKey} is not null and ${x.subjectId} = any(${sql.param([...subjectIds])}::uuid[])`,
      ),
    )
}

export async function insertErasure(tx: TenantTx, values: Omit<typeof e.$inferInsert, 'organizationId'>) {
  await tx.insert(e).values({ ...values, organizationId: tx.organizationId })
}

export async function lockErasure(tx: TenantTx, id: string): Promise<ErasureRow | undefined> {
  const [row] = await tx
    .select()
    .from(e)
    .where(and(eq(e.organizationId, tx.organizationId), eq(e.id, id)))
    .for('update')
  return row
}

export async function updateErasure(tx: TenantTx, id: string, changes: Partial<typeof e.$inferInsert>) {
  await tx
    .update(e)
    .set({ ...changes, version: sql`${e.version} + 1` })
    .where(and(eq(e.organizationId, tx.organizationId), eq(e.id, id)))
}
