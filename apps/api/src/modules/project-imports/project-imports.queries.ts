import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { memberships, users } from '../../db/tables/organizations.ts'
import { projectImports as i } from '../../db/tables/project-files.ts'
import { audit } from '../../db/tables/events.ts'
import { projects } from '../../db/tables/projects.ts'

export type ImportRow = typeof i.$inferSelect

const one = (tx: TenantTx, id: string) => and(eq(i.organizationId, tx.organizationId), eq(i.id, id))

export async function findImport(tx: TenantTx, id: string): Promise<ImportRow | undefined> {
  const [row] = await tx.select().from(i).where(one(tx, id))
  return row
}

/** Locks an import, so that it is started once and goes on where it stopped. */
export async function lockImport(tx: TenantTx, id: string): Promise<ImportRow | undefined> {
  const [row] = await tx.select().from(i).where(one(tx, id)).for('update')
  return row
}

export async function insertImport(tx: TenantTx, values: Omit<typeof i.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(i).values({ ...values, organizationId: tx.organizationId })
}

export type ImportChanges = Partial<Omit<typeof i.$inferInsert, 'organizationId' | 'id' | 'version'>>

export async function updateImport(tx: TenantTx, id: string, changes: ImportChanges): Promise<void> {
  await tx
    .update(i)
    .set({ ...changes, version: sql`${i.version} + 1` })
    .where(one(tx, id))
}

/** Everybody active a project can be given to. */
export function listAssignable(tx: TenantTx): Promise<{ userId: string; displayName: string }[]> {
  return tx
    .select({ userId: users.id, displayName: users.displayName })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, tx.organizationId),
        isNull(memberships.deactivatedAt),
        isNull(memberships.accountId),
        eq(users.kind, 'person'),
      ),
    )
}

export type NewProjectRow = Omit<typeof projects.$inferInsert, 'organizationId'>

/** PostgreSQL binds 65,535 values to one statement; a row takes about thirty of them. */
const rowsAtOnce = 1000

/** Makes the projects and says so on record, each by itself; those that are there already are left alone. */
export async function insertProjects(
  tx: TenantTx,
  rows: readonly NewProjectRow[],
  recordOf: (id: string) => Omit<typeof audit.$inferInsert, 'organizationId' | 'entityId'>,
): Promise<number> {
  const { organizationId } = tx
  let count = 0
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const made = await tx
      .insert(projects)
      .values(rows.slice(from, from + rowsAtOnce).map((row) => ({ ...row, organizationId })))
      .onConflictDoNothing()
      .returning({ id: projects.id })
    if (made.length > 0)
      await tx.insert(audit).values(made.map(({ id }) => ({ ...recordOf(id), organizationId, entityId: id })))
    count += made.length
  }
  return count
}

/** Imports of a week ago or longer whose file is still kept. */
export function listOldSources(tx: TenantTx, most: number) {
  return tx
    .select({ id: i.id, storageKey: i.storageKey })
    .from(i)
    .where(
      and(
        eq(i.organizationId, tx.organizationId),
        isNotNull(i.storageKey),
        lt(i.createdAt, sql`now() - interval '7 days'`),
      ),
    )
    .limit(most)
}
