import { asc, desc, eq, gt, sql } from 'drizzle-orm'
import { audit, auditSeals } from '../db/tables/events.ts'
import type { Crypto } from './crypto.ts'
import { idFloor, timeOfId } from './ids.ts'
import type { TenantTx } from './in-tenant.ts'

export type AuditRow = typeof audit.$inferSelect

/** How much later than its neighbours a row may be committed and still get its place in the chain. */
const sealedLateMs = 3_600_000
const firstId = '00000000-0000-0000-0000-000000000000'

/** What the first seal of a studio's chain follows on. */
export const chainStart = '0'.repeat(64)

/**
 * A row as the text that is sealed: every column, keys sorted on every level (as in RFC 8785), so that it is the same for
 * ever. Columns that came later are left out where they are null, so that rows from before them keep their text.
 */
export function canonicalText({ projectId, before, after, ...row }: AuditRow): string {
  const later = { ...(projectId && { projectId }), ...(before && { before }), ...(after && { after }) }
  return JSON.stringify(sortKeys({ ...row, ...later }))
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}

/**
 * Chains audit rows that are not sealed yet and answers how many there were. Only for the holder of the studio's relay
 * lock: two writers would fork the chain. A row may commit a little after later ones, so that those of the hour before
 * the newest sealed one are looked at again; transactions are far shorter than that.
 */
export async function sealAuditRows(tx: TenantTx, crypto: Crypto, limit: number): Promise<number> {
  const head = await readChainHead(tx)
  const rows = await tx
    .select()
    .from(audit)
    .where(
      sql`${audit.id} > ${head ? idBefore(head.auditId, sealedLateMs) : firstId}
        and not exists (select from ${auditSeals} where ${auditSeals.auditId} = ${audit.id})`,
    )
    .orderBy(asc(audit.id))
    .limit(limit)
  if (rows.length === 0) return 0

  let seq = head?.seq ?? 0
  let previousHash = head?.hash ?? chainStart
  const seals = rows.map((row) => {
    const seal = { seq: ++seq, previousHash, hash: crypto.seal(previousHash, canonicalText(row)) }
    previousHash = seal.hash
    return { ...seal, organizationId: tx.organizationId, auditId: row.id }
  })
  await tx.insert(auditSeals).values(seals)
  return seals.length
}

/** The first id of the moment that lies so long before another id's (UUIDv7). */
function idBefore(id: string, ms: number): string {
  return idFloor(timeOfId(id) - ms)
}

/** The newest seal, or undefined where nothing has been sealed. */
export async function readChainHead(tx: TenantTx) {
  const [head] = await tx
    .select({ seq: auditSeals.seq, auditId: auditSeals.auditId, hash: auditSeals.hash, sealedAt: auditSeals.sealedAt })
    .from(auditSeals)
    .orderBy(desc(auditSeals.seq))
    .limit(1)
  return head
}

/** The `seq` of the first seal that does not fit its row or the seal before it; null when the chain holds. */
export async function findBrokenSeal(tx: TenantTx, crypto: Crypto): Promise<number | null> {
  let seq = 0
  let previousHash = chainStart
  for (;;) {
    const rows = await tx
      .select({ seal: auditSeals, row: audit })
      .from(auditSeals)
      .leftJoin(audit, eq(audit.id, auditSeals.auditId))
      .where(gt(auditSeals.seq, seq))
      .orderBy(asc(auditSeals.seq))
      .limit(1000)
    if (rows.length === 0) return null
    for (const { seal, row } of rows) {
      seq += 1
      const intact =
        row && seal.previousHash === previousHash && seal.hash === crypto.seal(previousHash, canonicalText(row))
      if (!intact || seal.seq !== seq) return seq
      previousHash = seal.hash
    }
  }
}
