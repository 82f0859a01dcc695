import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { notifications as n } from '../../db/tables/events.ts'
import { notificationDeliveries as d } from '../../db/tables/notifications.ts'
import { projects as p } from '../../db/tables/projects.ts'

const alive = and(isNull(p.deletedAt), isNull(p.archivedAt))

/** Projects somebody is on and that are at work, by deadline; those without one come last. */
export async function listDueWork(tx: TenantTx, userId: string, most: number) {
  return tx
    .select({ id: p.id, petName: p.petName, deadline: p.deadline })
    .from(p)
    .where(and(eq(p.assignedArtistId, userId), inArray(p.status, ['backlog', 'in_progress']), alive))
    .orderBy(sql`coalesce(${p.deadline}, 'infinity'::date)`, asc(p.id))
    .limit(most)
}

/** Open projects whose newest build failed, for whoever started it or is on the project. */
export async function listDigestFailures(tx: TenantTx, userId: string, most: number) {
  const { rows } = await tx.execute<{ id: string; petName: string; number: number }>(sql`
    select p.id, p.pet_name as "petName", b.number from projects p
    join lateral (select number, status, created_by from builds b
      where b.organization_id = p.organization_id and b.project_id = p.id order by number desc limit 1) b on true
    where p.organization_id = ${tx.organizationId} and p.deleted_at is null and p.archived_at is null
      and p.status not in ('complete', 'cancelled') and b.status = 'failed'
      and (b.created_by = ${userId} or p.assigned_artist_id = ${userId})
    order by p.id limit ${most}`)
  return rows
}

/** Projects that wait for somebody's look. */
export async function listReviews(tx: TenantTx, most: number) {
  return tx
    .select({ id: p.id, petName: p.petName })
    .from(p)
    .where(and(eq(p.status, 'review'), alive))
    .orderBy(asc(p.updatedAt), asc(p.id))
    .limit(most)
}

/** Projects to be begun that nobody is on. */
export async function listUnassigned(tx: TenantTx, most: number) {
  return tx
    .select({ id: p.id, petName: p.petName, orderNumber: p.orderNumber })
    .from(p)
    .where(and(inArray(p.status, ['backlog', 'in_progress']), isNull(p.assignedArtistId), alive))
    .orderBy(asc(p.createdAt), asc(p.id))
    .limit(most)
}

/** When a person's last digest went out. */
export async function readLastDigest(tx: TenantTx, userId: string): Promise<string | null> {
  const [row] = await tx
    .select({ at: d.sentAt })
    .from(d)
    .where(and(eq(d.userId, userId), eq(d.channel, 'mail'), eq(d.kind, 'digest'), eq(d.status, 'sent')))
    .orderBy(desc(d.createdAt))
    .limit(1)
  return row?.at ?? null
}

/** What a person was told since then, newest first. */
export async function listDigestNews(tx: TenantTx, userId: string, since: string) {
  return tx
    .select({ kind: n.kind, projectId: n.projectId, data: n.data })
    .from(n)
    .where(and(eq(n.userId, userId), gt(n.createdAt, since)))
    .orderBy(desc(n.createdAt), desc(n.id))
    .limit(100)
}
