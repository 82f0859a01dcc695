import type { MessageSide, UnreadConversation } from '@sparkle/shared/conversations'
import { isAccountRole, type Role } from '@sparkle/shared/permissions'
import { and, asc, desc, eq, gt, inArray, isNull, lt, max, sql } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { messageReads as r, messages as m } from '../../db/tables/messages.ts'
import { memberships, users } from '../../db/tables/organizations.ts'
import { projects as p } from '../../db/tables/projects.ts'

const columns = {
  id: m.id,
  projectId: m.projectId,
  petName: p.petName,
  accountId: p.accountId,
  assignedArtistId: p.assignedArtistId,
  number: m.number,
  authorUserId: m.authorUserId,
  authorName: sql<string | null>`${users.displayName}`,
  side: m.side,
  body: m.body,
  editedAt: m.editedAt,
  deletedAt: m.deletedAt,
  createdAt: m.createdAt,
  version: m.version,
}

/** Messages with what their views need; those of deleted projects are gone with them. */
function selectMessages(tx: TenantTx) {
  return tx
    .select(columns)
    .from(m)
    .innerJoin(p, and(eq(p.organizationId, m.organizationId), eq(p.id, m.projectId), isNull(p.deletedAt)))
    .leftJoin(users, eq(users.id, m.authorUserId))
    .$dynamic()
}
export type MessageRow = Awaited<ReturnType<typeof selectMessages>>[number]

const sideOfRole = (role: Role): MessageSide => (isAccountRole(role) ? 'client' : 'studio')
const mine = (tx: TenantTx) => eq(m.organizationId, tx.organizationId)

export async function findMessage(tx: TenantTx, id: string): Promise<MessageRow | undefined> {
  const [row] = await selectMessages(tx).where(and(mine(tx), eq(m.id, id)))
  return row
}

/** The message, locked for a change. */
export async function lockMessage(tx: TenantTx, id: string): Promise<MessageRow | undefined> {
  const [row] = await selectMessages(tx)
    .where(and(mine(tx), eq(m.id, id)))
    .for('update', { of: m })
  return row
}

export type NumberSort = '-number' | 'number'

/** One row more than the page has, so that the caller knows whether there are others. */
export function listMessages(
  tx: TenantTx,
  projectId: string,
  { sort, beyond, limit }: { sort: NumberSort; beyond: number | undefined; limit: number },
): Promise<MessageRow[]> {
  const [order, after] = sort === 'number' ? ([asc, gt] as const) : ([desc, lt] as const)
  return selectMessages(tx)
    .where(and(mine(tx), eq(m.projectId, projectId), beyond === undefined ? undefined : after(m.number, beyond)))
    .orderBy(order(m.number))
    .limit(limit + 1)
}

export function countMessages(tx: TenantTx, projectId: string): Promise<number> {
  return tx.$count(m, and(mine(tx), eq(m.projectId, projectId)))
}

/** The number of the newest message, 0 where there is none. */
export async function newestNumber(tx: TenantTx, projectId: string): Promise<number> {
  const [row] = await tx
    .select({ newest: max(m.number) })
    .from(m)
    .where(and(mine(tx), eq(m.projectId, projectId)))
  return row?.newest ?? 0
}

export async function insertMessage(
  tx: TenantTx,
  values: { id: string; projectId: string; number: number; authorUserId: string; side: MessageSide; body: string },
): Promise<void> {
  await tx.insert(m).values({ ...values, organizationId: tx.organizationId })
}

/** Writes new words, or none where it is deleted, and counts the version up. */
export async function rewriteMessage(tx: TenantTx, id: string, body: string | null): Promise<void> {
  const now = sql`now()` as unknown as string
  await tx
    .update(m)
    .set({
      ...(body === null ? { body: '', deletedAt: now } : { body, editedAt: now }),
      updatedAt: now,
      version: sql`${m.version} + 1`,
    })
    .where(and(mine(tx), eq(m.id, id)))
}

/** Moves somebody's mark on, never back; answers where it stands. */
export async function moveReadMark(tx: TenantTx, projectId: string, userId: string, upTo: number): Promise<number> {
  const [row] = await tx
    .insert(r)
    .values({ organizationId: tx.organizationId, projectId, userId, upTo })
    .onConflictDoUpdate({
      target: [r.organizationId, r.projectId, r.userId],
      set: {
        upTo: sql`greatest(${r.upTo}, excluded.up_to)`,
        readAt: sql`case when excluded.up_to > ${r.upTo} then now() else ${r.readAt} end`,
      },
    })
    .returning({ upTo: r.upTo })
  return row?.upTo ?? upTo
}

/** How far the active people of both sides have read. */
export async function listReadMarks(tx: TenantTx, projectId: string) {
  const rows = await tx
    .select({ userId: r.userId, name: users.displayName, role: memberships.role, upTo: r.upTo, at: r.readAt })
    .from(r)
    .innerJoin(users, eq(users.id, r.userId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.organizationId, r.organizationId),
        eq(memberships.userId, r.userId),
        isNull(memberships.deactivatedAt),
      ),
    )
    .where(and(eq(r.organizationId, tx.organizationId), eq(r.projectId, projectId)))
    .orderBy(desc(r.upTo), r.userId)
  return rows.map(({ role, ...row }) => ({ ...row, side: sideOfRole(role) }))
}

/** Messages of others that somebody has not read. */
export async function countUnread(tx: TenantTx, projectId: string, userId: string) {
  const upTo = tx
    .select({ upTo: r.upTo })
    .from(r)
    .where(and(eq(r.organizationId, tx.organizationId), eq(r.projectId, projectId), eq(r.userId, userId)))
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int`, first: sql<number | null>`min(${m.number})` })
    .from(m)
    .where(
      and(
        mine(tx),
        eq(m.projectId, projectId),
        sql`${m.number} > coalesce((${upTo}), 0)`,
        sql`${m.authorUserId} is distinct from ${userId}::uuid`,
        isNull(m.deletedAt),
      ),
    )
  return row ?? { count: 0, first: null }
}

export interface ConversationFilter {
  userId: string
  accountId?: string
  assignedArtistId?: string
  /** Projects that are left out. */
  without: readonly string[]
}

/** Conversations with something unread of the last 90 days, the newest first. */
export async function listUnread(tx: TenantTx, filter: ConversationFilter, most: number) {
  const { userId, accountId, assignedArtistId, without } = filter
  const { rows } = await tx.execute<UnreadConversation & Record<string, unknown>>(sql`
    select m.project_id as "projectId", p.pet_name as "petName", count(*)::int as count,
      (array_agg(m.id order by m.number))[1] as "firstMessageId", max(m.created_at) as "newestAt",
      (array_agg(u.display_name order by m.number desc))[1] as "from"
    from messages m
    join projects p on p.organization_id = m.organization_id and p.id = m.project_id and p.deleted_at is null
    left join message_reads r on r.organization_id = m.organization_id and r.project_id = m.project_id and r.user_id = ${userId}::uuid
    left join users u on u.id = m.author_user_id
    where m.organization_id = ${tx.organizationId} and m.created_at > now() - interval '90 days'
      and m.number > coalesce(r.up_to, 0) and m.author_user_id is distinct from ${userId}::uuid and m.deleted_at is null
      ${accountId ? sql`and p.account_id = ${accountId}::uuid` : sql``}
      ${assignedArtistId ? sql`and p.assigned_artist_id = ${assignedArtistId}::uuid` : sql``}
      and p.id <> all(${sql.param([...without])}::uuid[])
    group by m.project_id, p.pet_name order by max(m.created_at) desc, m.project_id limit ${most}`)
  return rows
}

/** Names and sides of these people, as far as they are active here. */
export async function listPeople(tx: TenantTx, userIds: readonly string[]) {
  if (userIds.length === 0) return []
  const rows = await tx
    .select({ userId: memberships.userId, name: users.displayName, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(inArray(memberships.userId, [...userIds]), isNull(memberships.deactivatedAt)))
    .orderBy(users.displayName, memberships.userId)
  return rows.map(({ role, ...row }) => ({ ...row, side: sideOfRole(role) }))
}
