import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { and, asc, count, eq, gt, gte, isNull, lt, sql } from 'drizzle-orm'
import type { ObjectStore } from '../../adapters/object-store.ts'
import type { SystemActor } from '../../core/actor.ts'
import { sha256 } from '../../core/crypto.ts'
import { idFloor } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { auditArchives } from '../../db/tables/audit.ts'
import { audit, auditSeals } from '../../db/tables/events.ts'
import type { Deps } from '../../plugins/types.ts'
import { signArchive } from './archive-signature.ts'

const compress = promisify(gzip)
/** Rows in one object: what is held in memory at a time. */
const rowsInPart = 20_000

interface Part {
  key: string
  digest: string
  rows: number
}

/**
 * Copies a studio's rows of a month, each with its seal, to the object store as gzipped NDJSON parts and a manifest, reads
 * everything back, and only then puts the archive on record. Does nothing where that has been done, or where the studio
 * has no rows in the month. Nothing is taken out of the database here.
 */
export async function archiveMonth(
  { db, store, crypto }: Pick<Deps, 'db' | 'store' | 'crypto'>,
  actor: SystemActor,
  month: string,
): Promise<void> {
  const { organizationId } = actor
  const facts = await inTenant(db, actor, (tx) => factsOf(tx, month))
  if (facts.known || facts.rowCount === 0) return
  if (facts.unsealed > 0) throw new Error(`The audit rows of ${month} are not all sealed, so they cannot be archived.`)

  const parts: Part[] = []
  for (let after = 0; ;) {
    const rows = await inTenant(db, actor, (tx) => readPart(tx, month, after))
    const last = rows.at(-1)
    if (!last) break
    after = last.seal.seq
    const text = rows.map((row) => JSON.stringify(row)).join('\n')
    parts.push({ ...(await keep(store, actor, month, 'ndjson.gz', await compress(text))), rows: rows.length })
  }
  const written = parts.reduce((sum, part) => sum + part.rows, 0)
  if (written !== facts.rowCount)
    throw new Error(`Of ${facts.rowCount} audit rows of ${month}, ${written} were written.`)

  const { rowCount, firstSeq, lastSeq } = facts
  const manifest = Buffer.from(JSON.stringify({ organizationId, month, rowCount, firstSeq, lastSeq, parts }, null, 2))
  const { key, digest } = await keep(store, actor, month, 'manifest.json', manifest)
  const row = { organizationId, month: `${month}-01`, rowCount, firstSeq, lastSeq, storageKey: key, digest }
  await inTenant(db, actor, (tx) =>
    tx
      .insert(auditArchives)
      .values({ ...row, signature: signArchive(crypto, row), archivedAt: sql`now()` as unknown as string })
      .onConflictDoNothing(),
  )
}

/** Writes an object under a name that holds its digest, and reads it back. */
async function keep(store: ObjectStore, actor: SystemActor, month: string, ending: string, bytes: Buffer) {
  const digest = sha256(bytes)
  const key = `${actor.organizationId}/audit-archive/${month}/${digest.slice(0, 32)}.${ending}`
  await store.put(key, bytes, ending.endsWith('gz') ? 'application/gzip' : 'application/json')
  const read = await store.get(key)
  if (!read || sha256(read) !== digest) throw new Error(`The archive ${key} does not read back as it was written.`)
  return { key, digest }
}

function ofMonth(month: string) {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return and(gte(audit.id, idFloor(Date.UTC(year, number - 1))), lt(audit.id, idFloor(Date.UTC(year, number))))
}

async function factsOf(tx: TenantTx, month: string) {
  const [known] = await tx
    .select({ month: auditArchives.month })
    .from(auditArchives)
    .where(eq(auditArchives.month, `${month}-01`))
  const [facts] = await tx
    .select({
      rowCount: count(),
      unsealed: sql<number>`count(*) filter (where ${isNull(auditSeals.seq)})::int`,
      firstSeq: sql<number>`coalesce(min(${auditSeals.seq}), 0)::float8`,
      lastSeq: sql<number>`coalesce(max(${auditSeals.seq}), 0)::float8`,
    })
    .from(audit)
    .leftJoin(auditSeals, eq(auditSeals.auditId, audit.id))
    .where(ofMonth(month))
  return { known: known !== undefined, rowCount: 0, unsealed: 0, firstSeq: 0, lastSeq: 0, ...facts }
}

async function readPart(tx: TenantTx, month: string, after: number) {
  return tx
    .select({
      seal: {
        seq: auditSeals.seq,
        previousHash: auditSeals.previousHash,
        hash: auditSeals.hash,
        sealedAt: auditSeals.sealedAt,
      },
      row: audit,
    })
    .from(auditSeals)
    .innerJoin(audit, eq(audit.id, auditSeals.auditId))
    .where(and(gt(auditSeals.seq, after), ofMonth(month)))
    .orderBy(asc(auditSeals.seq))
    .limit(rowsInPart)
}
