import { and, eq, exists, inArray, isNull, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { memberships, organizations, users } from '../../db/tables/organizations.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { deliverableVersions as v, versionDecisions as d } from '../../db/tables/reviews.ts'

/** The decisions on these versions, in the order in which they were made. */
export function listDecisions(tx: TenantTx, versionIds: readonly string[]) {
  return tx
    .select({
      versionId: d.versionId,
      userId: d.userId,
      guestLinkId: d.guestLinkId,
      decision: d.decision,
      note: d.note,
      checklist: d.checklist,
      points: d.points,
      onBehalf: d.onBehalf,
      by: sql<string | null>`coalesce(${users.displayName}, ${d.guestName})`,
      at: d.createdAt,
    })
    .from(d)
    .leftJoin(users, eq(users.id, d.userId))
    .where(and(eq(d.organizationId, tx.organizationId), inArray(d.versionId, [...versionIds])))
    .orderBy(d.createdAt)
}
export type DecisionRow = Awaited<ReturnType<typeof listDecisions>>[number]

export async function insertDecision(tx: TenantTx, values: Omit<typeof d.$inferInsert, 'organizationId'>) {
  await tx.insert(d).values({ ...values, organizationId: tx.organizationId })
}

/** The active owners of these accounts. */
export function listOwners(tx: TenantTx, accountIds: readonly string[]) {
  return tx
    .select({ userId: memberships.userId, accountId: memberships.accountId })
    .from(memberships)
    .where(
      and(
        eq(memberships.organizationId, tx.organizationId),
        inArray(memberships.accountId, [...accountIds]),
        eq(memberships.role, 'owner'),
        isNull(memberships.deactivatedAt),
      ),
    )
}

/** What whoever approves a version of the studio's ticks. */
export async function readChecklist(tx: TenantTx): Promise<string[]> {
  const [row] = await tx
    .select({ points: organizations.reviewChecklist })
    .from(organizations)
    .where(eq(organizations.id, tx.organizationId))
  return row?.points ?? []
}

/** The versions of a project that wait, with at least one decision on each. */
export function listHalfDecided(tx: TenantTx, projectId: string) {
  return tx
    .select({ id: v.id, number: v.number, kind: v.kind, digest: v.digest })
    .from(v)
    .where(
      and(eq(v.organizationId, tx.organizationId), eq(v.projectId, projectId), eq(v.status, 'waiting'), decidedOn(tx)),
    )
    .orderBy(v.number)
}

/** The projects with such versions where all owners have to approve, in the order in which they are locked. */
export async function listProjectsHalfDecided(tx: TenantTx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: v.projectId })
    .from(v)
    .innerJoin(p, and(eq(p.organizationId, v.organizationId), eq(p.id, v.projectId), isNull(p.deletedAt)))
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.status, 'waiting'), eq(p.approvers, 'all'), decidedOn(tx)))
    .orderBy(v.projectId)
  return rows.map(({ id }) => id)
}

const decidedOn = (tx: TenantTx) =>
  exists(
    tx
      .select({ one: sql`1` })
      .from(d)
      .where(and(eq(d.organizationId, v.organizationId), eq(d.versionId, v.id))),
  )
