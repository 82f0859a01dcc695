import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
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

/** Where a walk along the chain stands. */
export interface ChainPlace {
  seq: number
  hash: string
}
export const chainBeginning: ChainPlace = { seq: 0, hash: chainStart }

export type LinkFault = 'row_changed' | 'row_missing' | 'seal_missing' | 'seal_forged'

export interface BrokenLink {
  kind: LinkFault
  seq: number
  auditId: string | null
}

export interface ChainStep {
  place: ChainPlace
  /** Seals that were looked at; 0 at the end of the chain. */
  checked: number
  broken: BrokenLink | null
}

/**
 * Follows the chain over the next seals from a place that holds. `isArchived` says of a row's id whether the row has gone
 * into an archive, so that its absence is in order; its seal is still checked for its place in the chain.
 */
export async function followChain(
  tx: TenantTx,
  crypto: Crypto,
  from: ChainPlace,
  isArchived: (auditId: string) => boolean,
  limit = 1000,
): Promise<ChainStep> {
  const rows = await tx
    .select({ seal: auditSeals, row: audit })
    .from(auditSeals)
    .leftJoin(audit, and(eq(audit.id, auditSeals.auditId), eq(audit.organizationId, auditSeals.organizationId)))
    .where(gt(auditSeals.seq, from.seq))
    .orderBy(asc(auditSeals.seq))
    .limit(limit)
  let place = from
  for (const [i, { seal, row }] of rows.entries()) {
    const seq = place.seq + 1
    if (seal.seq !== seq) return broken(place, 'seal_missing', seq, null)
    if (seal.previousHash !== place.hash) return broken(place, 'seal_forged', seq, seal.auditId)
    if (!row && !isArchived(seal.auditId)) return broken(place, 'row_missing', seq, seal.auditId)
    if (row && seal.hash !== crypto.seal(place.hash, canonicalText(row))) {
      const next = rows[i + 1]
      const nextHolds =
        next?.row &&
        next.seal.previousHash === seal.hash &&
        next.seal.hash === crypto.seal(seal.hash, canonicalText(next.row))
      // A genuine seal after it vouches for this one: then it is the row that is not what it was.
      return broken(place, nextHolds || !next ? 'row_changed' : 'seal_forged', seq, seal.auditId)
    }
    place = { seq, hash: seal.hash }
  }
  return { place, checked: rows.length, broken: null }
}

function broken(place: ChainPlace, kind: LinkFault, seq: number, auditId: string | null): ChainStep {
  return { place, checked: 1, broken: { kind, seq, auditId } }
}

/** A row that should have been sealed long ago: it was slipped in beside the chain, with an id of the past. */
export async function findUnsealed(tx: TenantTx): Promise<{ id: string } | undefined> {
  const head = await readChainHead(tx)
  if (!head) return undefined
  const [row] = await tx
    .select({ id: audit.id })
    .from(audit)
    .where(
      sql`${audit.id} <= ${idBefore(head.auditId, sealedLateMs)}
        and not exists (select from ${auditSeals} where ${auditSeals.auditId} = ${audit.id})`,
    )
    .limit(1)
  return row
}
