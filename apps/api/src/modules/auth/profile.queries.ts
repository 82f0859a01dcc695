import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../core/in-tenant.ts'
import { sessions } from '../../db/tables/sessions.ts'
import { users } from '../../db/tables/organizations.ts'

export async function findOwnProfile(tx: Pick<Transaction, 'select'>, userId: string) {
  const [row] = await tx
    .select({
      id: users.id,
      emailCipher: users.emailCipher,
      displayName: users.displayName,
      avatarKey: users.avatarKey,
      timeZone: users.timeZone,
      locale: users.locale,
      notificationMails: users.notificationMails,
      version: users.version,
    })
    .from(users)
    .where(eq(users.id, userId))
  return row
}
export type ProfileRow = NonNullable<Awaited<ReturnType<typeof findOwnProfile>>>

export async function updateOwnProfile(
  tx: Pick<Transaction, 'update'>,
  userId: string,
  values: { displayName?: string; timeZone?: string; locale?: string; notificationMails?: boolean },
) {
  const set = { ...values, updatedAt: sql`now()`, version: sql`${users.version} + 1` }
  await tx.update(users).set(set).where(eq(users.id, userId))
}

export async function listOwnSessions(tx: Pick<Transaction, 'select'>, userId: string) {
  return tx
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      address: sessions.address,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.lastUsedAt))
}

/** Answers whether there was such a session of this person. */
export async function revokeOwnSession(
  tx: Pick<Transaction, 'update'>,
  userId: string,
  sessionId: string,
): Promise<boolean> {
  const { rowCount } = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokedReason: 'revoked' })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)))
  return (rowCount ?? 0) > 0
}
