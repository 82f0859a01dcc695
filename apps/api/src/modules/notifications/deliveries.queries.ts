import { and, count, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm'
import type { DeliveryStatus, OutsideChannel } from '@sparkle/shared/notifications'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { notificationDeliveries as d } from '../../db/tables/notifications.ts'
import { users } from '../../db/tables/organizations.ts'
import { firstWaitSeconds, longestWaitSeconds } from './notifications.rules.ts'

export interface Delivery {
  id: string
  channel: OutsideChannel
  key: string
  userId: string | null
  kind: string
  eventId: string | null
  notificationId: string | null
  projectId: string | null
  held: boolean
  attempts: number
}

const columns = {
  id: d.id,
  channel: d.channel,
  key: d.key,
  userId: d.userId,
  kind: d.kind,
  eventId: d.eventId,
  notificationId: d.notificationId,
  projectId: d.projectId,
  held: d.held,
  attempts: d.attempts,
}

export type NewDelivery = Pick<
  typeof d.$inferInsert,
  'channel' | 'key' | 'userId' | 'kind' | 'eventId' | 'notificationId' | 'projectId'
> & {
  /** How long it waits before it is due; not at all where left out. */
  waitSeconds?: number
}

/** Writes those that are new: the same thing never goes to the same recipient twice on a channel. Answers how many. */
export async function insertDeliveries(tx: TenantTx, rows: readonly NewDelivery[]): Promise<number> {
  if (rows.length === 0) return 0
  const { rowCount } = await tx
    .insert(d)
    .values(
      rows.map(({ waitSeconds = 0, ...row }) => ({
        ...row,
        organizationId: tx.organizationId,
        id: newId(),
        ...(waitSeconds > 0 && { dueAt: sql`now() + make_interval(secs => ${waitSeconds})` as unknown as string }),
      })),
    )
    .onConflictDoNothing()
  return rowCount ?? 0
}

const pause = sql`make_interval(secs => least(${longestWaitSeconds}, ${firstWaitSeconds} * power(2, ${d.attempts})))`

/**
 * Takes due messages for one try. Nobody else gets them before the try has had its time; whoever dies with one leaves it
 * to the next. Those that waited for the end of somebody's quiet hours are taken all together.
 */
export async function claimDeliveries(tx: TenantTx, most: number): Promise<Delivery[]> {
  const due = await tx
    .select({ id: d.id, userId: d.userId, channel: d.channel, held: d.held })
    .from(d)
    .where(and(eq(d.status, 'waiting'), sql`${d.dueAt} <= now()`))
    .orderBy(d.dueAt)
    .limit(most)
    .for('update', { skipLocked: true })
  if (due.length === 0) return []
  return tx
    .update(d)
    .set({ attempts: sql`${d.attempts} + 1`, dueAt: sql`now() + ${pause}` as unknown as string })
    .where(
      inArray(
        d.id,
        due.map((row) => row.id),
      ),
    )
    .returning(columns)
}

export async function markSent(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await setStatus(tx, ids, { status: 'sent', sentAt: sql`now()` as unknown as string, failure: null })
}

export async function markSkipped(tx: TenantTx, ids: readonly string[], why: string): Promise<void> {
  await setStatus(tx, ids, { status: 'skipped', failure: why })
}

/** Leaves a message to its next try, or gives it up. */
export async function markFailed(tx: TenantTx, ids: readonly string[], why: string, final: boolean): Promise<void> {
  await setStatus(tx, ids, { status: final ? 'failed' : 'waiting', failure: why.slice(0, 300), sentAt: null })
}

/** Puts a message off without counting the try. */
export async function hold(tx: TenantTx, id: string, until: Date): Promise<void> {
  await setStatus(tx, [id], {
    held: true,
    dueAt: until.toISOString(),
    attempts: sql`greatest(0, ${d.attempts} - 1)` as unknown as number,
  })
}

async function setStatus(tx: TenantTx, ids: readonly string[], values: Partial<typeof d.$inferInsert>): Promise<void> {
  await tx
    .update(d)
    .set(values)
    .where(and(inArray(d.id, [...ids]), eq(d.status, 'waiting')))
}

/** Counts text messages of the last 24 hours that went out or are on their way, under a lock of the studio's. */
export async function countSms(tx: TenantTx, userId: string): Promise<{ person: number; studio: number }> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sms:${tx.organizationId}`}, 0))`)
  const [row] = await tx
    .select({ studio: count(), person: sql<number>`count(*) filter (where ${d.userId} = ${userId})::int` })
    .from(d)
    .where(and(eq(d.channel, 'sms'), gt(d.sentAt, sql`now() - interval '24 hours'`)))
  return row ?? { person: 0, studio: 0 }
}

/** Counts a text message as sent before it is, so that two workers never both believe there is room for one more. */
export async function reserveSms(tx: TenantTx, ids: readonly string[]): Promise<void> {
  await setStatus(tx, ids, { sentAt: sql`now()` as unknown as string })
}

export interface DeliveryFilter {
  status: DeliveryStatus
  cursor?: string
  sort: TimeSort
  limit: number
}

const listColumns = {
  ...columns,
  status: d.status,
  failure: d.failure,
  dueAt: d.dueAt,
  sentAt: d.sentAt,
  createdAt: d.createdAt,
  name: users.displayName,
}

export function countDeliveries(tx: TenantTx, status: DeliveryStatus): Promise<number> {
  return tx.$count(d, eq(d.status, status))
}

export async function listDeliveries(tx: TenantTx, { status, cursor, sort, limit }: DeliveryFilter) {
  const { after, order } = byTime(sort, d.createdAt, d.id, cursor)
  const rows = await tx
    .select(listColumns)
    .from(d)
    .leftJoin(users, eq(users.id, d.userId))
    .where(and(eq(d.status, status), after))
    .orderBy(...order)
    .limit(limit + 1)
  return toPage(rows, limit, sort, (row) => [row.createdAt, row.id])
}

/** Gives a message that was given up another round of tries. Answers nothing where it was not, or cannot be sent anew. */
export async function retryDelivery(tx: TenantTx, id: string) {
  const [row] = await tx
    .update(d)
    .set({ status: 'waiting', attempts: 0, dueAt: sql`now()` as unknown as string })
    .where(and(eq(d.id, id), eq(d.status, 'failed'), ne(d.kind, 'sign_in')))
    .returning({ id: d.id })
  return row
}

export async function findDelivery(tx: TenantTx, id: string) {
  const [row] = await tx.select(listColumns).from(d).leftJoin(users, eq(users.id, d.userId)).where(eq(d.id, id))
  return row
}

/** The newest of a person's messages that were given up in the last week, for each channel. */
export async function listTroubles(tx: TenantTx, userId: string) {
  return tx
    .selectDistinctOn([d.channel], {
      channel: d.channel,
      at: d.createdAt,
      failure: sql<string>`coalesce(${d.failure}, '')`,
    })
    .from(d)
    .where(and(eq(d.userId, userId), eq(d.status, 'failed'), gt(d.createdAt, sql`now() - interval '7 days'`)))
    .orderBy(d.channel, desc(d.createdAt))
}

/** Forgets what is over; failures are kept as long as anything else. Answers how many. */
export async function forgetDeliveries(tx: TenantTx, olderThanDays: number): Promise<number> {
  const { rowCount } = await tx
    .delete(d)
    .where(
      and(
        inArray(d.status, ['sent', 'skipped', 'failed']),
        sql`${d.createdAt} < now() - make_interval(days => ${olderThanDays})`,
      ),
    )
  return rowCount ?? 0
}

/** Writes down a text message that goes out at once, so that it counts. */
export async function insertSentSms(
  tx: TenantTx,
  row: { id: string; key: string; userId: string; kind: string },
): Promise<void> {
  const sentAt = sql`now()` as unknown as string
  await tx.insert(d).values({ ...row, organizationId: tx.organizationId, channel: 'sms', status: 'sent', sentAt })
}

/** Writes down a mail about somebody's sign-in that was given up; it is sent from another queue. */
export async function insertFailedSignInMail(
  tx: TenantTx,
  row: { userId: string; key: string; failure: string },
): Promise<void> {
  const fixed = {
    organizationId: tx.organizationId,
    id: newId(),
    channel: 'mail',
    kind: 'sign_in',
    status: 'failed',
  } as const
  await tx
    .insert(d)
    .values({ ...row, ...fixed })
    .onConflictDoNothing()
}
