import { and, asc, desc, eq, gte, isNull, ne, sql } from 'drizzle-orm'
import type { EventData } from '@sparkle/shared/events'
import type { TenantTx } from '../../core/in-tenant.ts'
import { notifications as n } from '../../db/tables/events.ts'
import { messageReads as r, messages as m } from '../../db/tables/messages.ts'
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

/** What somebody was told of a conversation within so many minutes and has not seen; the handlers take turns. */
export async function lockOpenTelling(tx: TenantTx, userId: string, projectId: string, minutes: number) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`told:${projectId}:${userId}`}, 0))`)
  const [row] = await tx
    .select({ id: n.id, data: n.data })
    .from(n)
    .where(and(ofConversation(userId, projectId), sql`${n.createdAt} > now() - make_interval(mins => ${minutes})`))
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
