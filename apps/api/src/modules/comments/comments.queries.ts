import { and, asc, count, eq, inArray, isNotNull, isNull, lte, max, ne, sql, type SQL } from 'drizzle-orm'
import type { AnchorKind } from '@sparkle/shared/comments'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { StoredRights } from '../../core/rights.ts'
import { versionCommentReads as reads, versionComments as c } from '../../db/tables/comments.ts'
import { memberships, users } from '../../db/tables/organizations.ts'

const columns = {
  id: c.id,
  projectId: c.projectId,
  versionId: c.versionId,
  parentId: c.parentId,
  authorUserId: c.authorUserId,
  guestVisitId: c.guestVisitId,
  /** As they are called now; a guest is called what they called themselves. */
  authorName: sql<string | null>`coalesce(${users.displayName}, ${c.authorName})`,
  authorSide: c.authorSide,
  body: c.body,
  internal: c.internal,
  anchorKind: c.anchorKind,
  anchorX: c.anchorX,
  anchorY: c.anchorY,
  buildId: c.buildId,
  tick: c.tick,
  stateHash: c.stateHash,
  mentions: c.mentions,
  resolvedAt: c.resolvedAt,
  resolvedBy: c.resolvedBy,
  resolvedByName: sql<string | null>`(select u.display_name from users u where u.id = ${c.resolvedBy})`,
  editedAt: c.editedAt,
  deletedAt: c.deletedAt,
  createdAt: c.createdAt,
  version: c.version,
  /** Whether its author may still change it. */
  young: sql<boolean>`${c.createdAt} > now() - interval '15 minutes'`,
}

function selectComments(tx: TenantTx) {
  return tx.select(columns).from(c).leftJoin(users, eq(users.id, c.authorUserId)).$dynamic()
}
export type CommentRow = Awaited<ReturnType<typeof selectComments>>[number]

const mine = (tx: TenantTx) => eq(c.organizationId, tx.organizationId)
const shown = (internal: boolean) => (internal ? undefined : eq(c.internal, false))

/** A deleted comment is still there while somebody's reply that the reader may see hangs on it. */
function isThere(internal: boolean): SQL {
  const reply = sql`select from version_comments r where r.organization_id = ${c.organizationId}
    and r.parent_id = ${c.id} and r.deleted_at is null ${internal ? sql`` : sql`and not r.internal`}`
  return sql`(${c.deletedAt} is null or exists (${reply}))`
}

/** One comment that is still there; `internal`: whether the reader may see internal ones. */
export async function findComment(tx: TenantTx, id: string, internal: boolean): Promise<CommentRow | undefined> {
  const [row] = await selectComments(tx).where(and(mine(tx), eq(c.id, id), shown(internal), isThere(internal)))
  return row
}

/** Locks a comment, so that what is decided on still holds when it is written. */
export async function lockComment(tx: TenantTx, id: string): Promise<void> {
  await tx
    .select({ id: c.id })
    .from(c)
    .where(and(mine(tx), eq(c.id, id)))
    .for('no key update')
}

export interface ThreadFilter {
  versionId: string
  /** Whether the reader may see internal ones. */
  internal: boolean
  state?: 'open' | 'resolved' | undefined
  anchor?: AnchorKind | 'none' | undefined
}

function ofThreads(tx: TenantTx, { versionId, internal, state, anchor }: ThreadFilter): (SQL | undefined)[] {
  return [
    mine(tx),
    eq(c.versionId, versionId),
    isNull(c.parentId),
    shown(internal),
    isThere(internal),
    state && (state === 'resolved' ? isNotNull(c.resolvedAt) : and(isNull(c.resolvedAt), isNull(c.deletedAt))),
    anchor && (anchor === 'none' ? isNull(c.anchorKind) : eq(c.anchorKind, anchor)),
  ]
}

/** One page of the comments that begin threads. */
export async function listThreads(
  tx: TenantTx,
  filter: ThreadFilter,
  page: { limit: number; cursor?: string | undefined; sort: TimeSort },
) {
  const { after, order } = byTime(page.sort, c.createdAt, c.id, page.cursor)
  const rows = await selectComments(tx)
    .where(and(...ofThreads(tx, filter), after))
    .orderBy(...order)
    .limit(page.limit + 1)
  return toPage(rows, page.limit, page.sort, (row) => [row.createdAt, row.id])
}

export function countThreads(tx: TenantTx, filter: ThreadFilter): Promise<number> {
  return tx.$count(c, and(...ofThreads(tx, filter)))
}

const ofThread = (tx: TenantTx, parentId: string, internal: boolean) =>
  and(mine(tx), eq(c.parentId, parentId), isNull(c.deletedAt), shown(internal))

/** The newest replies in each of these threads, at most `most` of one, oldest first. */
export async function listNewestReplies(
  tx: TenantTx,
  parentIds: readonly string[],
  internal: boolean,
  most: number,
): Promise<CommentRow[]> {
  if (parentIds.length === 0) return []
  const newest = sql`(select n.id from unnest(${sql.param([...parentIds])}::uuid[]) as t(id) cross join lateral (
    select r.id from version_comments r where r.organization_id = ${tx.organizationId} and r.parent_id = t.id
      and r.deleted_at is null ${internal ? sql`` : sql`and not r.internal`}
    order by r.created_at desc, r.id desc limit ${most}) as n)`
  return selectComments(tx)
    .where(and(mine(tx), sql`${c.id} in ${newest}`))
    .orderBy(asc(c.createdAt), asc(c.id))
}

/** How many replies each of these threads has; none in the map where there are none. */
export async function countRepliesOf(
  tx: TenantTx,
  parentIds: readonly string[],
  internal: boolean,
): Promise<Map<string | null, number>> {
  if (parentIds.length === 0) return new Map()
  const rows = await tx
    .select({ parentId: c.parentId, count: count() })
    .from(c)
    .where(and(mine(tx), inArray(c.parentId, [...parentIds]), isNull(c.deletedAt), shown(internal)))
    .groupBy(c.parentId)
  return new Map(rows.map((row) => [row.parentId, row.count]))
}

/** One page of a thread's replies. */
export async function listReplies(
  tx: TenantTx,
  parentId: string,
  internal: boolean,
  page: { limit: number; cursor?: string | undefined; sort: TimeSort },
) {
  const { after, order } = byTime(page.sort, c.createdAt, c.id, page.cursor)
  const rows = await selectComments(tx)
    .where(and(ofThread(tx, parentId, internal), after))
    .orderBy(...order)
    .limit(page.limit + 1)
  return toPage(rows, page.limit, page.sort, (row) => [row.createdAt, row.id])
}

export function countReplies(tx: TenantTx, parentId: string, internal: boolean): Promise<number> {
  return tx.$count(c, ofThread(tx, parentId, internal))
}

export async function insertComment(
  tx: TenantTx,
  values: Omit<typeof c.$inferInsert, 'organizationId'>,
): Promise<void> {
  await tx.insert(c).values({ ...values, organizationId: tx.organizationId })
}

type Insertable = typeof c.$inferInsert
export type CommentChanges = { [K in keyof Insertable]?: Insertable[K] | SQL }

/** A comment without its words. */
export const emptiedComment = {
  body: '',
  mentions: [],
  anchorKind: null,
  anchorX: null,
  anchorY: null,
  buildId: null,
  tick: null,
  stateHash: null,
  log: null,
} satisfies CommentChanges

/** Writes the changes and counts the version up. */
export async function updateComment(tx: TenantTx, id: string, changes: CommentChanges): Promise<void> {
  await tx
    .update(c)
    .set({ ...(changes as Partial<Insertable>), updatedAt: sql`now()` as unknown as string, version: next })
    .where(and(mine(tx), eq(c.id, id)))
}
const next = sql`${c.version} + 1` as unknown as number

/** The log of a comment on a moment of play. */
export async function findLog(tx: TenantTx, id: string): Promise<string | null> {
  const [row] = await tx
    .select({ log: c.log })
    .from(c)
    .where(and(mine(tx), eq(c.id, id)))
  return row?.log ?? null
}

/** Up to when somebody has read a version's comments; null: never. */
export async function findReadAt(tx: TenantTx, versionId: string, userId: string): Promise<string | null> {
  const [row] = await tx
    .select({ readAt: reads.readAt })
    .from(reads)
    .where(and(eq(reads.organizationId, tx.organizationId), eq(reads.versionId, versionId), eq(reads.userId, userId)))
  return row?.readAt ?? null
}

/** Notes that somebody has read what they may see, all of it or up to the one made at `upTo`. */
export async function markRead(
  tx: TenantTx,
  {
    versionId,
    internal,
    userId,
    upTo,
  }: { versionId: string; internal: boolean; userId: string; upTo?: string | undefined },
): Promise<void> {
  const [row] = await tx
    .select({ newest: max(c.createdAt) })
    .from(c)
    .where(and(mine(tx), eq(c.versionId, versionId), shown(internal), upTo ? lte(c.createdAt, upTo) : undefined))
  if (!row?.newest) return
  await tx
    .insert(reads)
    .values({ organizationId: tx.organizationId, versionId, userId, readAt: row.newest })
    .onConflictDoUpdate({
      target: [reads.organizationId, reads.versionId, reads.userId],
      set: { readAt: sql`greatest(${reads.readAt}, excluded.read_at)` as unknown as string },
    })
}

/** What people are called now, by their ids. */
export async function namesOf(tx: TenantTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: users.id, name: users.displayName })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Active members, of the team and of one account, with what decisions on them are made on. */
export function listPeople(tx: TenantTx, accountId: string | null) {
  return tx
    .select({
      userId: memberships.userId,
      name: users.displayName,
      role: memberships.role,
      accountId: memberships.accountId,
      rights: sql<StoredRights>`sys.member_rights(${memberships.userId}, ${memberships.organizationId})`,
    })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), eq(users.kind, 'person')))
    .where(
      and(
        eq(memberships.organizationId, tx.organizationId),
        isNull(memberships.deactivatedAt),
        sql`(${memberships.accountId} is null or ${memberships.accountId} = ${accountId}::uuid)`,
      ),
    )
    .orderBy(asc(users.displayName), asc(memberships.userId))
}

/** Who of the studio has said something on a version that customers can read. */
export async function listPublicVoices(tx: TenantTx, versionId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: c.authorUserId })
    .from(c)
    .where(
      and(mine(tx), eq(c.versionId, versionId), eq(c.internal, false), isNull(c.deletedAt), ne(c.authorSide, 'client')),
    )
  return rows.flatMap(({ id }) => (id ? [id] : []))
}
