import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Choices, DigestPlan, QuietHours } from '@sparkle/shared/notifications'
import type { TenantTx } from '../../core/in-tenant.ts'
import { notificationSettings as s, projectMutes } from '../../db/tables/notifications.ts'
import { memberships, users } from '../../db/tables/organizations.ts'

export const noDigest: DigestPlan = { every: 'never', hour: 8, weekday: 1 }

const columns = {
  userId: memberships.userId,
  role: memberships.role,
  displayName: users.displayName,
  emailCipher: users.emailCipher,
  locale: users.locale,
  timeZone: users.timeZone,
  choices: s.choices,
  quietHours: s.quietHours,
  digest: s.digest,
  mentionsPassMute: s.mentionsPassMute,
  phoneCipher: s.phoneCipher,
  phoneConfirmedAt: s.phoneConfirmedAt,
  phoneCodeIndex: s.phoneCodeIndex,
  phoneCodeSentAt: s.phoneCodeSentAt,
  phoneCodeTries: s.phoneCodeTries,
  version: s.version,
}

/** An active member with everything that decides how they are told. */
export interface ToldPerson {
  userId: string
  role: typeof memberships.$inferSelect.role
  displayName: string
  emailCipher: string
  locale: string
  timeZone: string
  choices: Choices
  quietHours: QuietHours | null
  digest: DigestPlan
  mentionsPassMute: boolean
  phoneCipher: string | null
  phoneConfirmedAt: string | null
  phoneCodeIndex: string | null
  phoneCodeSentAt: string | null
  phoneCodeTries: number
  version: number
}

/** Those of these people who are active members; without a list, all who get a digest. Service accounts are told nothing. */
export async function listTold(tx: TenantTx, userIds: readonly string[] | 'with digest'): Promise<ToldPerson[]> {
  const chosen =
    userIds === 'with digest'
      ? sql`${s.digest}->>'every' in ('day', 'week')`
      : inArray(memberships.userId, [...userIds])
  if (userIds.length === 0) return []
  const rows = await tx
    .select(columns)
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), eq(users.kind, 'person')))
    .leftJoin(s, and(eq(s.organizationId, memberships.organizationId), eq(s.userId, memberships.userId)))
    .where(and(chosen, sql`${memberships.deactivatedAt} is null`))
    .orderBy(memberships.userId)
  return rows.map((row) => ({
    ...row,
    choices: row.choices ?? {},
    digest: row.digest ?? noDigest,
    mentionsPassMute: row.mentionsPassMute ?? true,
    phoneCodeTries: row.phoneCodeTries ?? 0,
    version: row.version ?? 1,
  }))
}

export async function findTold(tx: TenantTx, userId: string): Promise<ToldPerson | undefined> {
  const [row] = await listTold(tx, [userId])
  return row
}

/** Locks the person's settings, making them where there are none, so that what is decided on still holds. */
export async function lockTold(tx: TenantTx, userId: string): Promise<ToldPerson | undefined> {
  if (!(await findTold(tx, userId))) return undefined
  await tx.insert(s).values({ organizationId: tx.organizationId, userId }).onConflictDoNothing()
  await tx.select({ userId: s.userId }).from(s).where(eq(s.userId, userId)).for('update')
  return findTold(tx, userId)
}

export type SettingsChanges = Partial<
  Omit<typeof s.$inferInsert, 'organizationId' | 'userId' | 'version' | 'updatedAt'>
>

/** Changes settings that `lockTold` has locked. */
export async function updateSettings(tx: TenantTx, userId: string, changes: SettingsChanges): Promise<void> {
  await tx
    .update(s)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${s.version} + 1` })
    .where(eq(s.userId, userId))
}

/** Those of these people who have muted a project. */
export async function listMuting(tx: TenantTx, projectId: string, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await tx
    .select({ userId: projectMutes.userId })
    .from(projectMutes)
    .where(and(eq(projectMutes.projectId, projectId), inArray(projectMutes.userId, [...userIds])))
  return rows.map((row) => row.userId)
}

/** Answers whether anything changed. */
export async function insertMute(tx: TenantTx, userId: string, projectId: string): Promise<boolean> {
  const row = { organizationId: tx.organizationId, userId, projectId }
  const { rowCount } = await tx.insert(projectMutes).values(row).onConflictDoNothing()
  return (rowCount ?? 0) > 0
}

/** Answers whether anything changed. */
export async function deleteMute(tx: TenantTx, userId: string, projectId: string): Promise<boolean> {
  const { rowCount } = await tx
    .delete(projectMutes)
    .where(and(eq(projectMutes.userId, userId), eq(projectMutes.projectId, projectId)))
  return (rowCount ?? 0) > 0
}
