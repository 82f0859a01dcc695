import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { users } from '../../db/tables/organizations.ts'
import { projectViews as v } from '../../db/tables/project-files.ts'

function selectViews(tx: TenantTx) {
  return tx
    .select({
      id: v.id,
      name: v.name,
      shared: v.shared,
      layout: v.layout,
      sort: v.sort,
      filters: v.filters,
      columns: v.columns,
      ownerId: v.ownerId,
      ownerName: sql<string | null>`${users.displayName}`,
      createdAt: v.createdAt,
      updatedAt: v.updatedAt,
      version: v.version,
    })
    .from(v)
    .leftJoin(users, eq(users.id, v.ownerId))
    .$dynamic()
}
export type ViewRow = Awaited<ReturnType<typeof selectViews>>[number]

const mine = (tx: TenantTx) => eq(v.organizationId, tx.organizationId)

/** A person's own views and those that are shared, oldest first, so that tabs keep their places. */
export function listViewRows(tx: TenantTx, userId: string, most: number): Promise<ViewRow[]> {
  return selectViews(tx)
    .where(and(mine(tx), or(eq(v.ownerId, userId), eq(v.shared, true))))
    .orderBy(asc(v.createdAt), asc(v.id))
    .limit(most)
}

export async function findViewRow(tx: TenantTx, id: string): Promise<ViewRow | undefined> {
  const [row] = await selectViews(tx).where(and(mine(tx), eq(v.id, id)))
  return row
}

/** Locks a view, so that what is decided on it still holds when it is written. */
export async function lockView(tx: TenantTx, id: string) {
  const [row] = await tx
    .select()
    .from(v)
    .where(and(mine(tx), eq(v.id, id)))
    .for('update')
  return row
}
export type LockedView = NonNullable<Awaited<ReturnType<typeof lockView>>>

/** Makes whoever saves or shares a view wait for others of the studio: what is counted and compared then still holds. */
export async function lockViews(tx: TenantTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`views\n${tx.organizationId}`}, 0))`)
}

/** Whether somebody has another view of this name before them, of their own or shared; case does not tell names apart. */
export async function hasViewNamed(tx: TenantTx, userId: string, name: string, besides?: string): Promise<boolean> {
  const seen = or(eq(v.ownerId, userId), eq(v.shared, true))
  const other = besides ? ne(v.id, besides) : undefined
  return (await tx.$count(v, and(mine(tx), seen, other, sql`lower(btrim(${v.name})) = lower(btrim(${name}))`))) > 0
}

export async function countOwnViews(tx: TenantTx, userId: string): Promise<number> {
  return tx.$count(v, and(mine(tx), eq(v.ownerId, userId)))
}

export async function countSharedViews(tx: TenantTx): Promise<number> {
  return tx.$count(v, and(mine(tx), eq(v.shared, true)))
}

export async function insertView(tx: TenantTx, values: Omit<typeof v.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(v).values({ ...values, organizationId: tx.organizationId })
}

type ViewChanges = Partial<Pick<typeof v.$inferInsert, 'name' | 'shared' | 'layout' | 'sort' | 'filters' | 'columns'>>

export async function updateView(tx: TenantTx, id: string, changes: ViewChanges): Promise<void> {
  await tx
    .update(v)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${v.version} + 1` })
    .where(and(mine(tx), eq(v.id, id)))
}

export async function deleteViewRow(tx: TenantTx, id: string): Promise<void> {
  await tx.delete(v).where(and(mine(tx), eq(v.id, id)))
}
