import { and, count, desc, eq, gte, inArray, isNull, lt, max, ne, sql, type SQL } from 'drizzle-orm'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import { idFloor } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { audit } from '../../db/tables/events.ts'
import { guestLinks as l, guestVisits as v } from '../../db/tables/guest-links.ts'
import { organizations, users } from '../../db/tables/organizations.ts'
import { projects } from '../../db/tables/projects.ts'

interface Page {
  limit: number
  cursor?: string | undefined
  sort: TimeSort
}

function selectLinks(tx: TenantTx) {
  const visits = tx
    .select({ visits: count().as('visits'), lastUsedAt: max(v.lastSeenAt).as('last_used_at') })
    .from(v)
    .where(and(eq(v.organizationId, l.organizationId), eq(v.linkId, l.id)))
    .as('visits_of')
  return tx
    .select({
      id: l.id,
      projectId: l.projectId,
      label: l.label,
      scope: l.scope,
      mayDownload: l.mayDownload,
      hasPassword: sql<boolean>`${l.passwordHash} is not null`,
      createdByName: users.displayName,
      visits: sql<number>`${visits.visits}::int`,
      lastUsedAt: visits.lastUsedAt,
      expiresAt: l.expiresAt,
      revokedAt: l.revokedAt,
      createdAt: l.createdAt,
      version: l.version,
    })
    .from(l)
    .leftJoinLateral(visits, sql`true`)
    .leftJoin(users, eq(users.id, l.createdBy))
    .$dynamic()
}
export type LinkRow = Awaited<ReturnType<typeof selectLinks>>[number]

const mine = (tx: TenantTx) => eq(l.organizationId, tx.organizationId)

export async function findLink(tx: TenantTx, id: string): Promise<LinkRow | undefined> {
  const [row] = await selectLinks(tx).where(and(mine(tx), eq(l.id, id)))
  return row
}

export async function listLinks(tx: TenantTx, projectId: string, page: Page) {
  const { after, order } = byTime(page.sort, l.createdAt, l.id, page.cursor)
  const rows = await selectLinks(tx)
    .where(and(mine(tx), eq(l.projectId, projectId), after))
    .orderBy(...order)
    .limit(page.limit + 1)
  return toPage(rows, page.limit, page.sort, (row) => [row.createdAt, row.id])
}

export function countLinks(tx: TenantTx, projectId: string): Promise<number> {
  return tx.$count(l, and(mine(tx), eq(l.projectId, projectId)))
}

export async function insertLink(tx: TenantTx, values: Omit<typeof l.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(l).values({ ...values, organizationId: tx.organizationId })
}

/** The link as it is under its lock, with what its visitors are let in by. */
export async function lockLink(tx: TenantTx, id: string) {
  const [row] = await tx
    .select()
    .from(l)
    .where(and(mine(tx), eq(l.id, id)))
    .for('update')
  return row
}

type Changes = Partial<
  Pick<typeof l.$inferInsert, 'label' | 'scope' | 'mayDownload' | 'passwordHash' | 'expiresAt'>
> & { revokedAt?: SQL }

/** Writes the changes and counts the version up. */
export async function updateLink(tx: TenantTx, id: string, changes: Changes): Promise<void> {
  await tx
    .update(l)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${l.version} + 1` } as never)
    .where(and(mine(tx), eq(l.id, id)))
}

/** A link with what whoever opens it is told; none where its project is deleted or its studio suspended. */
export async function findOpening(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({
      id: l.id,
      projectId: l.projectId,
      label: l.label,
      scope: l.scope,
      mayDownload: l.mayDownload,
      tokenHash: l.tokenHash,
      passwordHash: l.passwordHash,
      expiresAt: l.expiresAt,
      revokedAt: l.revokedAt,
      petName: projects.petName,
      studioName: organizations.name,
    })
    .from(l)
    .innerJoin(projects, and(eq(projects.organizationId, l.organizationId), eq(projects.id, l.projectId)))
    .innerJoin(organizations, eq(organizations.id, l.organizationId))
    .where(and(mine(tx), eq(l.id, id), isNull(projects.deletedAt), isNull(organizations.suspendedAt)))
  return row
}
export type Opening = NonNullable<Awaited<ReturnType<typeof findOpening>>>

export async function insertVisit(tx: TenantTx, values: Omit<typeof v.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(v).values({ ...values, organizationId: tx.organizationId })
}

/** Ends every visit of a link that still goes on. */
export async function endVisits(tx: TenantTx, linkId: string): Promise<void> {
  await tx
    .update(v)
    .set({ endedAt: sql`now()` as never })
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.linkId, linkId), isNull(v.endedAt)))
}

const keptDays = 90

/** Forgets visits some months after their end. What their guests said keeps the name they gave. */
export async function forgetVisits(tx: TenantTx): Promise<number> {
  const { rowCount } = await tx
    .delete(v)
    .where(
      and(
        eq(v.organizationId, tx.organizationId),
        lt(v.expiresAt, sql`now() - make_interval(days => ${sql.raw(String(keptDays))})`),
      ),
    )
  return rowCount ?? 0
}

const visitsOf = (tx: TenantTx, linkId: string) => and(eq(v.organizationId, tx.organizationId), eq(v.linkId, linkId))

export async function listVisits(tx: TenantTx, linkId: string, page: Page) {
  const { after, order } = byTime(page.sort, v.createdAt, v.id, page.cursor)
  const rows = await tx
    .select()
    .from(v)
    .where(and(visitsOf(tx, linkId), after))
    .orderBy(...order)
    .limit(page.limit + 1)
  return toPage(rows, page.limit, page.sort, (row) => [row.createdAt, row.id])
}

export function countVisits(tx: TenantTx, linkId: string): Promise<number> {
  return tx.$count(v, visitsOf(tx, linkId))
}

/** What the guests of these visits did, as it is on record; `since` bounds the months that are looked at. */
export async function listDeeds(tx: TenantTx, visitIds: readonly string[], since: string) {
  if (visitIds.length === 0) return []
  return tx
    .select({ visitId: audit.actorId, action: audit.action, count: sql<number>`count(*)::int` })
    .from(audit)
    .where(
      and(
        eq(audit.organizationId, tx.organizationId),
        gte(audit.id, idFloor(Date.parse(since))),
        inArray(audit.actorId, [...visitIds]),
        eq(audit.actorKind, 'guest'),
        ne(audit.action, 'review:link:opened'),
      ),
    )
    .groupBy(audit.actorId, audit.action)
    .orderBy(desc(count()))
}
