import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { PersonTx } from '../../core/as-person.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { sessions } from '../../db/tables/sessions.ts'
import { users } from '../../db/tables/organizations.ts'

export async function findOwnProfile(tx: PersonTx, userId: string) {
  const [row] = await tx
    .select({
      id: users.id,
      emailCipher: users.emailCipher,
      emailIndex: users.emailIndex,
      emailConfirmedAt: users.emailConfirmedAt,
      pendingEmailCipher: users.pendingEmailCipher,
      pendingEmailIndex: users.pendingEmailIndex,
      displayName: users.displayName,
      avatarKey: users.avatarKey,
      timeZone: users.timeZone,
      locale: users.locale,
      version: users.version,
    })
    .from(users)
    .where(eq(users.id, userId))
  return row
}
/** Locks the person's row, so that the version it is decided on still holds when it is written. */
export async function lockOwnProfile(tx: PersonTx, userId: string) {
  const [locked] = await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
  return locked && findOwnProfile(tx, userId)
}
export type ProfileRow = NonNullable<Awaited<ReturnType<typeof findOwnProfile>>>

export async function updateOwnProfile(
  tx: PersonTx,
  userId: string,
  values: { displayName?: string; timeZone?: string; locale?: string },
) {
  const set = { ...values, updatedAt: sql`now()`, version: sql`${users.version} + 1` }
  await tx.update(users).set(set).where(eq(users.id, userId))
}

export async function setPendingEmail(tx: PersonTx, userId: string, email: { cipher: string; index: string } | null) {
  await tx
    .update(users)
    .set({
      pendingEmailCipher: email?.cipher ?? null,
      pendingEmailIndex: email?.index ?? null,
      updatedAt: sql`now()`,
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, userId))
}

export async function listOwnSessions(tx: PersonTx, userId: string) {
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
export async function revokeOwnSession(tx: PersonTx, userId: string, sessionId: string): Promise<boolean> {
  const { rowCount } = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokedReason: 'revoked' })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.revokedAt)))
  return (rowCount ?? 0) > 0
}

/** Ends the person's sessions that a studio's provider has opened, in the person's own transaction; answers how many. */
export async function endSessionsOfProvider(
  tx: PersonTx | TenantTx,
  userId: string,
  providerId: string,
): Promise<number> {
  const { rowCount } = await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokedReason: 'unlinked' })
    .where(and(eq(sessions.userId, userId), eq(sessions.providerId, providerId), isNull(sessions.revokedAt)))
  return rowCount ?? 0
}
