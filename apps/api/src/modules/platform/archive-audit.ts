import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { ObjectStore } from '../../adapters/object-store.ts'
import type { SystemActor } from '../../core/actor.ts'
import { type Database, inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { audit, auditSeals } from '../../db/tables/events.ts'

const compress = promisify(gzip)
const partSize = 5000
/** Objects that are no studio's lie under the nil UUID: what is erased with a studio is everything under its own. */
export const platformPrefix = '00000000-0000-0000-0000-000000000000'

/** One page of the audit with the place of each row in the chain. */
function readPart(tx: TenantTx, after: string | undefined) {
  return tx
    .select({
      id: audit.id,
      row: sql<string>`to_jsonb(${audit})::text`,
      seal: sql<string | null>`to_jsonb(${auditSeals})::text`,
    })
    .from(audit)
    .leftJoin(auditSeals, and(eq(auditSeals.organizationId, audit.organizationId), eq(auditSeals.auditId, audit.id)))
    .where(after ? gt(audit.id, after) : undefined)
    .orderBy(asc(audit.id))
    .limit(partSize)
}

export interface AuditArchive {
  /** The folder of its parts: gzipped lines of JSON, each `{"audit": ..., "seal": ...}`. */
  key: string
  rows: number
}

/** Copies a studio's audit to where it outlives the studio. Doing it again writes the same parts anew. */
export async function archiveAudit(db: Database, store: ObjectStore, actor: SystemActor): Promise<AuditArchive> {
  const key = `${platformPrefix}/archives/${actor.organizationId}`
  let rows = 0
  let after: string | undefined
  for (let number = 1; ; number += 1) {
    const cursor = after
    const part = await inTenant(db, actor, (tx) => readPart(tx, cursor))
    const last = part.at(-1)
    if (!last) return { key, rows }
    const lines = part.map(({ row, seal }) => `{"audit":${row},"seal":${seal ?? 'null'}}\n`).join('')
    const name = `${key}/audit-${String(number).padStart(5, '0')}.jsonl.gz`
    await store.put(name, await compress(lines), 'application/gzip')
    rows += part.length
    after = last.id
  }
}
