import { and, asc, count, eq, sql } from 'drizzle-orm'
import type { PersonTx } from '../../core/as-person.ts'
import { users } from '../../db/tables/organizations.ts'
import { passkeys as p } from '../../db/tables/passkeys.ts'

const columns = {
  id: p.id,
  name: p.name,
  backedUp: p.backedUp,
  createdAt: p.createdAt,
  lastUsedAt: p.lastUsedAt,
  version: p.version,
}
const mine = (userId: string, id: string) => and(eq(p.userId, userId), eq(p.id, id))

export function listPasskeys(tx: PersonTx, userId: string) {
  return tx.select(columns).from(p).where(eq(p.userId, userId)).orderBy(asc(p.createdAt), asc(p.id))
}

/** What a browser needs to find them among its own. */
export function listCredentials(tx: PersonTx, userId: string) {
  return tx.select({ id: p.credentialId, transports: p.transports }).from(p).where(eq(p.userId, userId))
}

export async function countPasskeys(tx: PersonTx, userId: string): Promise<number> {
  const [row] = await tx.select({ found: count() }).from(p).where(eq(p.userId, userId))
  return row?.found ?? 0
}

export async function findPasskey(tx: PersonTx, userId: string, id: string) {
  const [row] = await tx.select(columns).from(p).where(mine(userId, id))
  return row
}

export async function lockPasskey(tx: PersonTx, userId: string, id: string) {
  const [row] = await tx
    .select({ name: p.name, counter: p.counter, version: p.version })
    .from(p)
    .where(mine(userId, id))
    .for('update')
  return row
}

/** Locks the person, so that of two who are added at once both are counted. */
export async function lockPerson(tx: PersonTx, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
}

export async function insertPasskey(tx: PersonTx, row: (typeof p)['_']['inferInsert']): Promise<void> {
  await tx.insert(p).values(row)
}

export async function renamePasskey(tx: PersonTx, userId: string, id: string, name: string): Promise<void> {
  await tx
    .update(p)
    .set({ name, version: sql`${p.version} + 1` })
    .where(mine(userId, id))
}

export async function deletePasskey(tx: PersonTx, userId: string, id: string): Promise<void> {
  await tx.delete(p).where(mine(userId, id))
}

export async function markUsed(tx: PersonTx, userId: string, id: string, use: { counter: number; backedUp: boolean }) {
  await tx
    .update(p)
    .set({ ...use, lastUsedAt: sql`now()` as unknown as string })
    .where(mine(userId, id))
}
