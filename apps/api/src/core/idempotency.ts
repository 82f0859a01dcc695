import { and, eq, sql } from 'drizzle-orm'
import { idempotencyKeys } from '../db/tables/events.ts'
import { AppError } from './app-error.ts'
import type { TenantTx } from './in-tenant.ts'

export interface IdempotentCall {
  /** Actor and route: the same key of another actor or for another route is another key. */
  scope: string
  key: string
  bodyHash: string
}

/** The reply that a key has, if it has one. */
export async function findKept(tx: TenantTx, { scope, key }: Pick<IdempotentCall, 'scope' | 'key'>) {
  const [kept] = await tx
    .select({ bodyHash: idempotencyKeys.bodyHash, reply: idempotencyKeys.reply })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.organizationId, tx.organizationId),
        eq(idempotencyKeys.scope, scope),
        eq(idempotencyKeys.key, key),
        sql`${idempotencyKeys.createdAt} > now() - interval '24 hours'`,
      ),
    )
  return kept
}

/**
 * Does the work once for each key: its value is kept in the very transaction of the change, so that a crash leaves
 * neither. The lock is the transaction's own: 409 while another one works, nothing left behind when it dies.
 */
export async function once<T>(tx: TenantTx, call: IdempotentCall, work: () => Promise<T>) {
  const lock = `${tx.organizationId}\n${call.scope}\n${call.key}`
  const { rows } = await tx.execute(sql`select pg_try_advisory_xact_lock(hashtextextended(${lock}, 0)) as held`)
  if (rows[0]?.['held'] !== true)
    throw new AppError(
      'conflict',
      'idempotency.in_progress',
      'The same request is still running. Ask again in a moment.',
    )

  const kept = await findKept(tx, call)
  if (kept && kept.bodyHash !== call.bodyHash)
    throw new AppError('invalid', 'idempotency.other_body', 'This Idempotency-Key was used with another request.')
  if (kept) return { value: kept.reply as T, replayed: true }

  const value = await work()
  const row = { organizationId: tx.organizationId, ...call, reply: value ?? null }
  await tx
    .insert(idempotencyKeys)
    .values(row)
    .onConflictDoUpdate({
      target: [idempotencyKeys.organizationId, idempotencyKeys.scope, idempotencyKeys.key],
      set: { bodyHash: row.bodyHash, reply: row.reply, createdAt: sql`now()` },
    })
  return { value, replayed: false }
}
