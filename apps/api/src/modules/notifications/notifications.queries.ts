import { and, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { NotificationView } from '@sparkle/shared/activity'
import type { NotificationKind } from '@sparkle/shared/events'
import type { Role } from '@sparkle/shared/permissions'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { assets } from '../../db/tables/assets.ts'
import { builds } from '../../db/tables/builds.ts'
import { notifications as n } from '../../db/tables/events.ts'
import { invitations, memberships, organizations, users } from '../../db/tables/organizations.ts'
import { orders, projects } from '../../db/tables/projects.ts'
import { deliverableVersions } from '../../db/tables/reviews.ts'

const columns = {
  id: n.id,
  kind: n.kind,
  projectId: n.projectId,
  data: n.data,
  readAt: n.readAt,
  createdAt: n.createdAt,
}

export interface ListFilter {
  userId: string
  unread?: boolean
  kind?: NotificationKind
  cursor?: string
  sort: TimeSort
  limit: number
}

export async function listNotifications(tx: TenantTx, filter: ListFilter) {
  const { after, order } = byTime(filter.sort, n.createdAt, n.id, filter.cursor)
  const rows: NotificationView[] = await tx
    .select(columns)
    .from(n)
    .where(and(...conditions(filter), after))
    .orderBy(...order)
    .limit(filter.limit + 1)
  return toPage(rows, filter.limit, filter.sort, (row) => [row.createdAt, row.id])
}

export async function countNotifications(
  tx: TenantTx,
  filter: Omit<ListFilter, 'cursor' | 'limit' | 'sort'>,
): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(n)
    .where(and(...conditions(filter)))
  return row?.count ?? 0
}

/** What somebody hears of by mail only is in no list of the app. */
function conditions({ userId, unread, kind }: Omit<ListFilter, 'cursor' | 'limit' | 'sort'>) {
  const readState = unread ? isNull(n.readAt) : isNotNull(n.readAt)
  return [
    eq(n.userId, userId),
    eq(n.inApp, true),
    unread === undefined ? undefined : readState,
    kind ? eq(n.kind, kind) : undefined,
  ]
}

/** Marks one of the person's own as read and answers it; the first reading counts. */
export async function markRead(tx: TenantTx, userId: string, id: string): Promise<NotificationView | undefined> {
  const [row] = await tx
    .update(n)
    .set({ readAt: sql`coalesce(${n.readAt}, now())` as unknown as string })
    .where(and(eq(n.userId, userId), eq(n.id, id)))
    .returning(columns)
  return row
}

export async function markAllRead(tx: TenantTx, userId: string): Promise<void> {
  await tx
    .update(n)
    .set({ readAt: sql`now()` as unknown as string })
    .where(and(eq(n.userId, userId), isNull(n.readAt)))
}

export type NewNotification = Pick<
  typeof n.$inferInsert,
  'userId' | 'kind' | 'projectId' | 'eventId' | 'data' | 'inApp'
>

/** Writes those that are new; a person hears of an event once for each kind. Answers the ones written. */
export async function insertNotifications(tx: TenantTx, rows: readonly NewNotification[]) {
  if (rows.length === 0) return []
  return tx
    .insert(n)
    .values(rows.map((row) => ({ ...row, organizationId: tx.organizationId, id: newId() })))
    .onConflictDoNothing()
    .returning({ ...columns, userId: n.userId })
}

/** Active members with one of these roles. */
export async function listMemberIds(tx: TenantTx, roles: readonly Role[]): Promise<string[]> {
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(inArray(memberships.role, [...roles]), isNull(memberships.deactivatedAt)))
    .orderBy(memberships.userId)
  return rows.map((row) => row.userId)
}

/** An open invitation as its mail needs it. */
export async function findOpenInvitation(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({
      emailCipher: invitations.emailCipher,
      role: invitations.role,
      generation: invitations.generation,
      inviterName: users.displayName,
      petName: projects.petName,
    })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(
      projects,
      and(eq(projects.organizationId, invitations.organizationId), eq(projects.id, invitations.projectId)),
    )
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
  return row
}

/** Active members who belong to a customer's account. */
export async function listClientIds(tx: TenantTx, accountId: string): Promise<string[]> {
  const rows = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), isNull(memberships.deactivatedAt)))
    .orderBy(memberships.userId)
  return rows.map((row) => row.userId)
}

export async function findStudioFace(tx: TenantTx) {
  const [row] = await tx
    .select({ name: organizations.name, accent: organizations.accent, logoKey: organizations.logoKey })
    .from(organizations)
    .where(eq(organizations.id, tx.organizationId))
  return row
}

/** What mails tell of a project. */
export async function findProjectFacts(tx: TenantTx, projectId: string) {
  const [row] = await tx
    .select({
      petName: projects.petName,
      packageType: projects.packageType,
      assignedArtistId: projects.assignedArtistId,
      accountId: projects.accountId,
      customerName: projects.customerName,
      customerEmailCipher: projects.customerEmailCipher,
      orderId: orders.id,
      orderNumber: orders.number,
    })
    .from(projects)
    .leftJoin(orders, and(eq(orders.organizationId, projects.organizationId), eq(orders.projectId, projects.id)))
    .where(eq(projects.id, projectId))
  return row
}

/** One notification as its messages tell it. */
export async function findNotification(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({
      userId: n.userId,
      kind: n.kind,
      projectId: n.projectId,
      eventId: n.eventId,
      data: n.data,
      readAt: n.readAt,
    })
    .from(n)
    .where(eq(n.id, id))
  return row
}

export async function findBuildCreator(tx: TenantTx, buildId: string): Promise<string | null> {
  const [row] = await tx.select({ createdBy: builds.createdBy }).from(builds).where(eq(builds.id, buildId))
  return row?.createdBy ?? null
}

export async function findUploader(tx: TenantTx, assetId: string): Promise<string | null> {
  const [row] = await tx.select({ uploadedBy: assets.uploadedBy }).from(assets).where(eq(assets.id, assetId))
  return row?.uploadedBy ?? null
}

/** Open projects whose deadline lies within so many days of a date. */
export async function listDeadlines(tx: TenantTx, today: string, days: number) {
  return tx
    .select({
      id: projects.id,
      petName: projects.petName,
      deadline: projects.deadline,
      artist: projects.assignedArtistId,
    })
    .from(projects)
    .where(
      and(
        sql`coalesce(${projects.deadline}, 'infinity'::date) between ${today}::date - 1 and ${today}::date + ${days}::int + 1`,
        inArray(projects.status, ['backlog', 'in_progress', 'review']),
        isNull(projects.deletedAt),
        isNull(projects.archivedAt),
      ),
    )
    .orderBy(projects.id)
}

export async function findVersionMaker(tx: TenantTx, versionId: string): Promise<string | null> {
  const [row] = await tx
    .select({ createdBy: deliverableVersions.createdBy })
    .from(deliverableVersions)
    .where(and(eq(deliverableVersions.organizationId, tx.organizationId), eq(deliverableVersions.id, versionId)))
  return row?.createdBy ?? null
}
