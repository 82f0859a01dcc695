import { and, eq, inArray, sql } from 'drizzle-orm'
import type { ListProfilesQuery } from '@sparkle/shared/profiles'
import { byTime } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { users } from '../../db/tables/organizations.ts'
import { profiles as p } from '../../db/tables/profiles.ts'
import { projects } from '../../db/tables/projects.ts'

const mine = (tx: TenantTx) => eq(p.organizationId, tx.organizationId)
const columns = { profile: p, displayName: users.displayName }

function select(tx: TenantTx) {
  return tx.select(columns).from(p).leftJoin(users, eq(users.id, p.userId))
}

export async function findProfile(tx: TenantTx, id: string) {
  const [row] = await select(tx).where(and(mine(tx), eq(p.id, id)))
  return row
}
export type ProfileRow = NonNullable<Awaited<ReturnType<typeof findProfile>>>

export async function lockProfile(tx: TenantTx, id: string) {
  const [row] = await tx
    .select()
    .from(p)
    .where(and(mine(tx), eq(p.id, id)))
    .for('update')
  return row
}

/** `only`: the account a customer sees the pets of. */
export type ProfileFilter = Omit<ListProfilesQuery, 'include'> & { only?: string | undefined }

function wanted(tx: TenantTx, { kind, accountId, projectId, userId, q, only }: Partial<ProfileFilter>) {
  return and(
    mine(tx),
    kind ? eq(p.kind, kind) : undefined,
    accountId ? eq(p.accountId, accountId) : undefined,
    only ? eq(p.accountId, only) : undefined,
    userId ? eq(p.userId, userId) : undefined,
    projectId
      ? sql`exists (select 1 from ${projects} where ${projects.organizationId} = ${p.organizationId}
          and ${projects.petProfileId} = ${p.id} and ${projects.id} = ${projectId}::uuid)`
      : undefined,
    q ? sql`position(lower(${q}) in lower(coalesce(${users.displayName}, ${p.name}))) > 0` : undefined,
  )
}

export async function listProfiles(tx: TenantTx, filter: ProfileFilter) {
  const { after, order } = byTime(filter.sort, p.createdAt, p.id, filter.cursor)
  const rows = await select(tx)
    .where(and(wanted(tx, filter), after))
    .orderBy(...order)
    .limit(filter.limit + 1)
  return toPage(rows, filter.limit, filter.sort, ({ profile }) => [profile.createdAt, profile.id])
}

export async function countProfiles(tx: TenantTx, filter: Partial<ProfileFilter>): Promise<number> {
  const [row] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(p)
    .leftJoin(users, eq(users.id, p.userId))
    .where(wanted(tx, filter))
  return row?.total ?? 0
}

/** The projects of these pets, by profile. */
export async function projectsOf(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (ids.length === 0) return found
  const rows = await tx
    .select({ id: projects.id, profileId: projects.petProfileId })
    .from(projects)
    .where(and(eq(projects.organizationId, tx.organizationId), inArray(projects.petProfileId, [...ids])))
  for (const { id, profileId } of rows) if (profileId) found.set(profileId, [...(found.get(profileId) ?? []), id])
  return found
}

/** False where the person has one already. */
export async function insertProfile(tx: TenantTx, values: Omit<typeof p.$inferInsert, 'organizationId'>) {
  const { rowCount } = await tx
    .insert(p)
    .values({ ...values, organizationId: tx.organizationId })
    .onConflictDoNothing()
  return (rowCount ?? 0) > 0
}

/** Writes the changes and counts the version up. */
export async function updateProfile(tx: TenantTx, id: string, changes: Partial<typeof p.$inferInsert>) {
  await tx
    .update(p)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${p.version} + 1` })
    .where(and(mine(tx), eq(p.id, id)))
}
