import { and, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { NotificationView } from '@sparkle/shared/activity'
import type { Role } from '@sparkle/shared/permissions'
import { decodeCursor, toPage } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { builds } from '../../db/tables/builds.ts'
import { notifications as n } from '../../db/tables/events.ts'
import { invitations, memberships, organizations, users } from '../../db/tables/organizations.ts'
import { orders, projects } from '../../db/tables/projects.ts'

const columns = {
  id: n.id,
  kind: n.kind,
  projectId: n.projectId,
  data: n.data,
  readAt: n.readAt,
  createdAt: n.createdAt,
}
const sort = '-createdAt'

export interface ListFilter {
  userId: string
  unread?: boolean
  cursor?: string
  limit: number
}

export async function listNotifications(tx: TenantTx, filter: ListFilter) {
  const after = filter.cursor ? decodeCursor(filter.cursor, sort, ['time', 'id']) : null
  const rows: NotificationView[] = await tx
    .select(columns)
    .from(n)
    .where(
      and(
        eq(n.userId, filter.userId),
        readState(filter.unread),
        after ? sql`(${n.createdAt}, ${n.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(n.createdAt), desc(n.id))
    .limit(filter.limit + 1)
  return toPage(rows, filter.limit, sort, (row) => [row.createdAt, row.id])
}

export async function countNotifications(tx: TenantTx, userId: string, unread?: boolean): Promise<number> {
  const [row] = await tx
    .select({ count: count() })
    .from(n)
    .where(and(eq(n.userId, userId), readState(unread)))
  return row?.count ?? 0
}

function readState(unread: boolean | undefined) {
  if (unread === undefined) return undefined
  return unread ? isNull(n.readAt) : isNotNull(n.readAt)
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

export type NewNotification = Pick<typeof n.$inferInsert, 'userId' | 'kind' | 'projectId' | 'eventId' | 'data'>

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
    .select({ emailCipher: invitations.emailCipher, role: invitations.role, inviterName: users.displayName })
    .from(invitations)
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)))
  return row
}

/** An active member as mails address them, or undefined: a service account is told nothing. */
export async function findRecipient(tx: TenantTx, userId: string) {
  const [row] = await tx
    .select({
      userId: memberships.userId,
      displayName: users.displayName,
      emailCipher: users.emailCipher,
      locale: users.locale,
      notificationMails: users.notificationMails,
    })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), eq(users.kind, 'person')))
    .where(and(eq(memberships.userId, userId), isNull(memberships.deactivatedAt)))
  return row
}

export async function findStudioFace(tx: TenantTx) {
  const [row] = await tx
    .select({ name: organizations.name, accent: organizations.accent })
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

/** One message with its reader, for its mail. */
export async function findMessage(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({ userId: n.userId, projectId: n.projectId, data: n.data })
    .from(n)
    .where(and(eq(n.id, id), eq(n.kind, 'message')))
  return row
}

export async function findBuildCreator(tx: TenantTx, buildId: string): Promise<string | null> {
  const [row] = await tx.select({ createdBy: builds.createdBy }).from(builds).where(eq(builds.id, buildId))
  return row?.createdBy ?? null
}
