import { and, count, eq, isNull, sql } from 'drizzle-orm'
import type { PersonTx } from '../../core/as-person.ts'
import { users } from '../../db/tables/organizations.ts'
import { recoveryCodes, secondFactors, sessions } from '../../db/tables/sessions.ts'

export async function lockFactor(tx: PersonTx, userId: string) {
  const [row] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for('update')
  return row
}

/** A new secret in place of one that was never confirmed. */
export async function saveSecret(tx: PersonTx, userId: string, secretCipher: string): Promise<void> {
  await tx
    .insert(secondFactors)
    .values({ userId, secretCipher })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: { secretCipher, lastStep: 0, createdAt: sql`now()` },
      setWhere: isNull(secondFactors.confirmedAt),
    })
}

export async function saveStep(tx: PersonTx, userId: string, lastStep: number, confirm: boolean): Promise<void> {
  await tx
    .update(secondFactors)
    .set({ lastStep, ...(confirm && { confirmedAt: sql`now()` as unknown as string }) })
    .where(eq(secondFactors.userId, userId))
}

export async function deleteFactor(tx: PersonTx, userId: string): Promise<void> {
  await tx.delete(secondFactors).where(eq(secondFactors.userId, userId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.update(users).set({ secondFactorAt: null }).where(eq(users.id, userId))
}

/** Says on the person themselves that they have one, where sessions and the team's list read it. */
export async function markPerson(tx: PersonTx, userId: string): Promise<void> {
  await tx
    .update(users)
    .set({ secondFactorAt: sql`now()` as unknown as string })
    .where(eq(users.id, userId))
}

export async function markSession(tx: PersonTx, sessionId: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ secondFactorAt: sql`now()` as unknown as string })
    .where(eq(sessions.id, sessionId))
}

export async function replaceCodes(tx: PersonTx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash })))
}

/** Uses a code up; answers whether there was one to use. */
export async function spendCode(tx: PersonTx, userId: string, codeHash: string): Promise<boolean> {
  const { rowCount } = await tx
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` as unknown as string })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
  return (rowCount ?? 0) > 0
}

export async function countCodes(tx: PersonTx, userId: string): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
  return row?.left ?? 0
}
