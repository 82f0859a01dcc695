import { and, asc, desc, eq, exists, gte, isNull, ne, notExists, or, sql, type SQL } from 'drizzle-orm'
import type { EventData } from '@sparkle/shared/events'
import type { TenantTx } from '../../core/in-tenant.ts'
import { notifications as n } from '../../db/tables/events.ts'
import { messageReads as r, messages as m } from '../../db/tables/messages.ts'
import { notificationDeliveries as d } from '../../db/tables/notifications.ts'
import { users } from '../../db/tables/organizations.ts'

const number = (key: 'number' | 'last') => sql<number>`(${n.data} ->> ${sql.raw(`'${key}'`)})::int`

const ofConversation = (userId: string, projectId: string) =>
  and(eq(n.userId, userId), eq(n.kind, 'message_received'), eq(n.projectId, projectId), isNull(n.readAt))

/** Notes that somebody knows what they were told of a conversation, as far as they have read it. */
export async function markConversationRead(
  tx: TenantTx,
  userId: string,
  projectId: string,
  upTo: number,
): Promise<void> {
  await tx
    .update(n)
    .set({ readAt: sql`now()` as unknown as string })
    .where(and(ofConversation(userId, projectId), sql`coalesce(${number('last')}, ${number('number')}) <= ${upTo}`))
}

/** The number of the newest message that somebody has read, 0 for none. */
export async function readMarkOf(tx: TenantTx, userId: string, projectId: string): Promise<number> {
  const [row] = await tx
    .select({ upTo: r.upTo })
    .from(r)
    .where(and(eq(r.organizationId, tx.organizationId), eq(r.projectId, projectId), eq(r.userId, userId)))
  return row?.upTo ?? 0
}

/** Lets one handler at a time decide what somebody is told of a conversation. */
export async function lockTellings(tx: TenantTx, userId: string, projectId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`told:${projectId}:${userId}`}, 0))`)
}

/** Whether a telling that somebody has not seen has this message in it. */
export async function isTold(tx: TenantTx, userId: string, projectId: string, message: number): Promise<boolean> {
  const within = sql`${message} between ${number('number')} and coalesce(${number('last')}, ${number('number')})`
  return (await tx.$count(n, and(ofConversation(userId, projectId), within))) > 0
}

/**
 * What somebody was told of a conversation within so many minutes, has not seen, and what comes after can still join: it
 * has not left the app, nor is it about to, or never does. A delivery that was taken up has read the messages already.
 */
export async function findOpenTelling(tx: TenantTx, userId: string, projectId: string, minutes: number) {
  const itsOwn = and(eq(d.organizationId, n.organizationId), eq(d.userId, n.userId), eq(d.notificationId, n.id))
  const deliveries = (...which: SQL[]) =>
    tx
      .select({ id: d.id })
      .from(d)
      .where(and(itsOwn, ...which))
  const [row] = await tx
    .select({ id: n.id, data: n.data })
    .from(n)
    .where(
      and(
        ofConversation(userId, projectId),
        sql`${n.createdAt} > now() - make_interval(mins => ${minutes})`,
        or(exists(deliveries(eq(d.status, 'waiting'), eq(d.attempts, 0))), notExists(deliveries())),
      ),
    )
    .orderBy(desc(n.createdAt))
    .limit(1)
  return row
}

export async function rewriteTelling(tx: TenantTx, id: string, data: EventData): Promise<void> {
  await tx.update(n).set({ data }).where(eq(n.id, id))
}

/** What others have written from a number on, the oldest first. */
export async function listWrittenTo(tx: TenantTx, userId: string, projectId: string, from: number) {
  return tx
    .select({ id: m.id, number: m.number, body: m.body, author: users.displayName })
    .from(m)
    .leftJoin(users, eq(users.id, m.authorUserId))
    .where(
      and(
        eq(m.organizationId, tx.organizationId),
        eq(m.projectId, projectId),
        gte(m.number, from),
        ne(sql`coalesce(${m.authorUserId}, ${m.id})`, userId),
        isNull(m.deletedAt),
      ),
    )
    .orderBy(asc(m.number))
    .limit(100)
}
