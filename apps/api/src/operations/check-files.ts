import { eq, inArray, sql } from 'drizzle-orm'
import type { ObjectStore } from '../adapters/object-store.ts'
import type { SystemActor } from '../core/actor.ts'
import { sha256 } from '../core/crypto.ts'
import type { Sweep } from '../core/event-handlers.ts'
import { type Database, inTenant, type TenantTx } from '../core/in-tenant.ts'
import { type FileFault, storedFileChecks, storedFileFaults } from '../db/tables/operations.ts'
import type { Deps } from '../plugins/types.ts'

/** Files of one studio that are looked at in one go; with one go an hour that is 4,800 a day. */
const sliceFiles = 200
/** A file is written before its row and deleted after it: what has no row this long has none for good. */
const settledMs = 48 * 3_600_000
/** What is on its way, or has its bounds elsewhere: the sweeps of uploads, imports and exports, and the record's anchors. */
const passing = /^[0-9a-f-]{36}\/(?:uploads|received|parts|imports|exports|audit)[^/]*\//

interface Reference {
  key: string
  digest: string
}

interface Slice {
  references: Reference[]
  after: string
  /** The last key of the slice; null where it reaches to the end. */
  upTo: string | null
}

/**
 * Compares the next slice of a studio's stored files with their rows: missing ones, changed ones (by their SHA-256) and
 * ones that no row names. Nothing is repaired and nothing deleted; what was found is kept for deep health until a later
 * round finds it mended. Answers the faults that are new.
 */
export async function checkFiles(
  db: Database,
  store: ObjectStore,
  actor: SystemActor,
  now = Date.now(),
): Promise<{ checked: number; faults: Map<string, FileFault> }> {
  const slice = await inTenant(db, actor, (tx) => nextSlice(tx))
  const suspects = await compare(store, actor.organizationId, slice, now)
  // Rows may have gone, or files come, while this one read: only what is wrong on a second look is a fault.
  const again = suspects.size > 0 ? await inTenant(db, actor, (tx) => listReferences(tx, slice)) : []
  const faults = await compare(store, actor.organizationId, { ...slice, references: again }, now, suspects)
  await inTenant(db, actor, (tx) => keepResult(tx, slice, faults))
  return { checked: slice.references.length, faults }
}

async function nextSlice(tx: TenantTx): Promise<Slice> {
  const [state] = await tx.select({ after: storedFileChecks.afterKey }).from(storedFileChecks)
  const after = state?.after ?? ''
  const references = await listReferences(tx, { after, upTo: null })
  return { references, after, upTo: references.length < sliceFiles ? null : (references.at(-1)?.key ?? null) }
}

/** The files that rows name with their digests, in the order of their keys. */
async function listReferences(tx: TenantTx, { after, upTo }: { after: string; upTo: string | null }) {
  const { rows } = await tx.execute(sql`
    select key, min(digest) as digest from (
      select storage_key as key, digest from asset_variants
      union all
      select f ->> 'storageKey', f ->> 'digest' from asset_versions, jsonb_array_elements(files) as f
      union all
      select storage_key, digest from project_file_versions where arrived_at is not null and digest is not null
      union all
      select organization_id || '/builds/' || b.digest || '/' || coalesce(f ->> 'object', f ->> 'path'), f ->> 'digest'
      from builds b, jsonb_array_elements(coalesce(files, '[]')) as f where b.digest is not null
      union all
      select storage_key, digest from audit_archive
      union all
      select storage_key, digest from attachments
      union all
      select storage_key, digest from person_exports where storage_key is not null and digest is not null
      union all
      select logo_key, substring(logo_key from '[0-9a-f]{64}') from organizations where logo_key is not null
    ) as named
    where key collate "C" > ${after} and (${upTo}::text is null or key collate "C" <= ${upTo})
    group by key order by key collate "C" limit ${sliceFiles}`)
  return rows as unknown as Reference[]
}

/** The faults of a slice; with `only`, of these keys alone. */
async function compare(
  store: ObjectStore,
  organizationId: string,
  { references, after, upTo }: Slice,
  now: number,
  only?: ReadonlyMap<string, FileFault>,
): Promise<Map<string, FileFault>> {
  const faults = new Map<string, FileFault>()
  const wanted = (key: string) => !only || only.has(key)
  for (const { key, digest } of references.filter((one) => wanted(one.key))) {
    const bytes = await store.get(key)
    if (!bytes) faults.set(key, 'missing')
    else if (sha256(bytes) !== digest) faults.set(key, 'changed')
  }
  const named = new Set(references.map(({ key }) => key))
  for await (const { key, modifiedAt } of between(store, `${organizationId}/`, after, upTo))
    if (wanted(key) && !named.has(key) && !passing.test(key) && now - modifiedAt.getTime() > settledMs)
      faults.set(key, 'orphaned')
  return faults
}

async function* between(store: ObjectStore, prefix: string, after: string, upTo: string | null) {
  for (let from = after; ;) {
    const page = await store.list(prefix, from)
    for (const object of page) {
      if (upTo !== null && object.key > upTo) return
      yield object
    }
    const last = page.at(-1)
    if (!last) return
    from = last.key
  }
}

async function keepResult(tx: TenantTx, { references, after, upTo }: Slice, faults: ReadonlyMap<string, FileFault>) {
  const { organizationId } = tx
  const known = await tx
    .select({ key: storedFileFaults.storageKey })
    .from(storedFileFaults)
    .where(
      sql`${storedFileFaults.storageKey} collate "C" > ${after}
        and (${upTo}::text is null or ${storedFileFaults.storageKey} collate "C" <= ${upTo})`,
    )
  const mended = known.map(({ key }) => key).filter((key) => !faults.has(key))
  if (mended.length > 0) await tx.delete(storedFileFaults).where(inArray(storedFileFaults.storageKey, mended))
  for (const [storageKey, fault] of faults)
    await tx
      .insert(storedFileFaults)
      .values({ organizationId, storageKey, fault })
      .onConflictDoUpdate({
        target: [storedFileFaults.organizationId, storedFileFaults.storageKey],
        set: { fault },
        setWhere: sql`${storedFileFaults.fault} <> ${fault}`,
      })
  const ended = upTo === null
  const [state] = await tx.select({ checked: storedFileChecks.checked }).from(storedFileChecks)
  const checked = (after === '' ? 0 : (state?.checked ?? 0)) + references.length
  const next = { afterKey: upTo ?? '', checked, ...(ended && { roundEndedAt: new Date().toISOString() }) }
  if (state) await tx.update(storedFileChecks).set(next).where(eq(storedFileChecks.organizationId, organizationId))
  else await tx.insert(storedFileChecks).values({ organizationId, ...next })
}

/** Looks at every studio's files, a slice an hour; what it finds stands in deep health. */
export const fileCheckSweep: Sweep<Deps> = {
  name: 'stored-files',
  everySeconds: 3600,
  async run({ db, store }, actor) {
    await checkFiles(db, store, actor)
  },
}
