import { and, eq, isNull, sql } from 'drizzle-orm'
import type { SystemActor } from '../../core/actor.ts'
import { namedId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { memberships, organizations } from '../../db/tables/organizations.ts'
import { projects as p } from '../../db/tables/projects.ts'
import { deliverableVersions as v, versionDecisions as d } from '../../db/tables/reviews.ts'
import { notify } from './notifications.service.ts'
import { localTime } from './quiet-hours.ts'
import { listTold } from './settings.queries.ts'

/** The most anybody is reminded of one version. */
const mostReminders = 3
/** Nobody hears of it at night: from this hour on, by the person's clock. */
const firstHour = 8

/** The most that one transaction tells of. */
const batch = 200

/** One version and the one who has said nothing about it: the order in which they are gone through. */
export interface SilentPlace {
  versionId: string
  userId: string
}

/**
 * Owners of an account who have said nothing about a version that waits for them, for as many days as the studio gives
 * them, since it was sent, since a customer last commented on it, and since they were last reminded.
 */
export function listSilent(tx: TenantTx, now: Date, after: SilentPlace | null) {
  const told = sql`from notifications o where o.organization_id = ${v.organizationId} and o.user_id = ${memberships.userId}
    and o.kind = 'version_waiting' and o.data ->> 'versionId' = ${v.id}::text`
  const reminded = sql<number>`(select count(*)::int ${told})`
  const quietSince = sql`greatest(${v.sentAt},
    (select max(c.created_at) from version_comments c where c.organization_id = ${v.organizationId} and c.version_id = ${v.id}
      and c.author_side <> 'studio' and c.deleted_at is null),
    (select max(o.created_at) ${told}))`
  return tx
    .select({
      versionId: v.id,
      number: v.number,
      kind: v.kind,
      projectId: v.projectId,
      petName: p.petName,
      userId: memberships.userId,
      reminded,
    })
    .from(v)
    .innerJoin(organizations, eq(organizations.id, v.organizationId))
    .innerJoin(p, and(eq(p.organizationId, v.organizationId), eq(p.id, v.projectId)))
    .innerJoin(
      memberships,
      and(
        eq(memberships.organizationId, v.organizationId),
        eq(memberships.accountId, p.accountId),
        eq(memberships.role, 'owner'),
        isNull(memberships.deactivatedAt),
      ),
    )
    .leftJoin(d, and(eq(d.organizationId, v.organizationId), eq(d.versionId, v.id), eq(d.userId, memberships.userId)))
    .where(
      and(
        eq(v.organizationId, tx.organizationId),
        eq(v.status, 'waiting'),
        eq(p.status, 'review'),
        isNull(p.deletedAt),
        isNull(p.archivedAt),
        isNull(d.userId),
        after ? sql`(${v.id}, ${memberships.userId}) > (${after.versionId}::uuid, ${after.userId}::uuid)` : undefined,
        sql`${organizations.reviewReminderDays} > 0`,
        sql`${reminded} < ${mostReminders}::int`,
        sql`${quietSince} <= ${now.toISOString()}::timestamptz - make_interval(days => ${organizations.reviewReminderDays})`,
      ),
    )
    .orderBy(v.id, memberships.userId)
    .limit(batch)
}

/**
 * Reminds some silent customers; each reminder is written once, by whichever worker comes first. Answers after whom to go
 * on, in a transaction of its own; null where these were the last.
 */
export async function remindSilent(
  tx: TenantTx,
  actor: SystemActor,
  now: Date,
  after: SilentPlace | null = null,
): Promise<SilentPlace | null> {
  const silent = await listSilent(tx, now, after)
  const people = await listTold(tx, [...new Set(silent.map(({ userId }) => userId))])
  const awake = new Set(
    people.filter(({ timeZone }) => localTime(timeZone, now).hour >= firstHour).map(({ userId }) => userId),
  )
  const rows = silent
    .filter(({ userId }) => awake.has(userId))
    .map(({ versionId, number, kind, projectId, petName, userId, reminded }) => ({
      userId,
      kind: 'version_waiting' as const,
      projectId,
      eventId: namedId(`reminder:${versionId}:${reminded + 1}`),
      data: { petName, number, deliverable: kind, versionId },
    }))
  await notify(tx, actor, rows)
  return silent.length < batch ? null : (silent.at(-1) ?? null)
}
