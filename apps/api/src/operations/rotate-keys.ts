import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { Crypto } from '../core/crypto.ts'
import { type Database, inTenant } from '../core/in-tenant.ts'
import { countCiphers, replaceCipher, takeStaleCiphers } from '../db/system-ciphers.ts'
import { listOrganizations } from '../db/system.ts'
import { globalCiphers, type TenantCipher, tenantCiphers } from './cipher-columns.ts'

/** Rows of one transaction: their locks are held for a few milliseconds. */
const batchSize = 50
/** A pass skips rows that somebody else has locked; the next one finds them. */
const maxPasses = 5
const firstId = '00000000-0000-0000-0000-000000000000'

export interface Rotation {
  /** Ciphers that were written anew. */
  rotated: number
  /** `table.column` -> key id -> how many ciphers, after the end. */
  counts: Record<string, Record<string, number>>
  /** Ciphers that are still under another key than the newest; 0 unless a process writes with an older one. */
  stale: number
}

export interface RotationOptions {
  signal?: AbortSignal
  onProgress?: (rotated: number) => void
}

/**
 * Brings every cipher of the installation under the newest data key while everybody goes on working. A row is locked
 * for its batch and rows that are locked are skipped, so a rotation waits for nobody and cannot deadlock. It can be
 * broken off anywhere: what is done is left out the next time.
 */
export async function rotateKeys(db: Database, crypto: Crypto, options: RotationOptions = {}): Promise<Rotation> {
  const organizationIds = await listOrganizations(db, false)
  let rotated = 0
  for (let pass = 0; pass < maxPasses; pass += 1) {
    let found = 0
    for (const column of columnsOf(db, crypto, organizationIds)) {
      for (let after: string | null = firstId; after && !options.signal?.aborted;) {
        const batch: Batch = await column(after)
        found += batch.done
        rotated += batch.done
        after = batch.lastId
        if (batch.done > 0) options.onProgress?.(rotated)
      }
    }
    if (found === 0) break
  }
  const counts = await countByKey(db, organizationIds)
  const stale = Object.values(counts)
    .flatMap((keys) => Object.entries(keys))
    .reduce((sum, [key, amount]) => (key === crypto.newestKeyId ? sum : sum + amount), 0)
  return { rotated, counts, stale }
}

interface Batch {
  done: number
  /** Where the next batch begins; null where this was the last. */
  lastId: string | null
}

function columnsOf(db: Database, crypto: Crypto, organizationIds: readonly string[]) {
  return [
    ...globalCiphers.map((one) => (after: string) => rotateGlobal(db, crypto, one.name, one.context, after)),
    ...organizationIds.flatMap((organizationId) =>
      tenantCiphers.map((one) => (after: string) => rotateTenant(db, crypto, organizationId, one, after)),
    ),
  ]
}

function again(crypto: Crypto, cipher: string, context: string): string {
  return crypto.encrypt(crypto.decrypt(cipher, context), context)
}

function endOf(rows: readonly { id: string }[]): Batch {
  return { done: rows.length, lastId: rows.length < batchSize ? null : (rows.at(-1)?.id ?? null) }
}

function rotateGlobal(
  db: Database,
  crypto: Crypto,
  name: string,
  context: (id: string) => string,
  after: string,
): Promise<Batch> {
  return db.transaction(async (tx) => {
    const rows = await takeStaleCiphers(tx, name, crypto.newestKeyId, after, batchSize)
    for (const { id, cipher } of rows) await replaceCipher(tx, name, id, again(crypto, cipher, context(id)))
    return endOf(rows)
  })
}

function rotateTenant(
  db: Database,
  crypto: Crypto,
  organizationId: string,
  { table, id, cipher, context }: TenantCipher,
  after: string,
): Promise<Batch> {
  return inTenant(db, { kind: 'system', organizationId, job: 'rotate-keys' }, async (tx) => {
    const stale = and(gt(id, after), isNotNull(cipher), sql`left(${cipher}, 8) <> ${crypto.newestKeyId}`)
    const rows = (await tx
      .select({ id, cipher })
      .from(table)
      .where(stale)
      .orderBy(asc(id))
      .limit(batchSize)
      .for('update', { skipLocked: true })) as { id: string; cipher: string }[]
    for (const row of rows) {
      // A raw name, since the typed `set` wants to know the table: neither version nor time of the row change.
      const written = sql`${sql.identifier(cipher.name)} = ${again(crypto, row.cipher, context(row.id))}`
      await tx.execute(sql`update ${table} set ${written} where ${eq(id, row.id)}`)
    }
    return endOf(rows)
  })
}

async function countByKey(db: Database, organizationIds: readonly string[]): Promise<Rotation['counts']> {
  const counts: Rotation['counts'] = {}
  const add = (name: string, keyId: string, amount: number) => {
    const column = (counts[name] ??= {})
    column[keyId] = (column[keyId] ?? 0) + amount
  }
  for (const { name } of globalCiphers)
    for (const { keyId, amount } of await countCiphers(db, name)) add(name, keyId, amount)
  for (const organizationId of organizationIds) {
    await inTenant(db, { kind: 'system', organizationId, job: 'rotate-keys' }, async (tx) => {
      for (const { name, table, cipher } of tenantCiphers) {
        const keyId = sql<string>`left(${cipher}, 8)`
        const rows = await tx
          .select({ keyId, amount: sql<number>`count(*)::int` })
          .from(table)
          .where(isNotNull(cipher))
          .groupBy(keyId)
        for (const row of rows) add(name, row.keyId, row.amount)
      }
    })
  }
  return counts
}
