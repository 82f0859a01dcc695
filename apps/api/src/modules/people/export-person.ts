import { exportDays } from '@sparkle/shared/people'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import { sha256 } from '../../core/crypto.ts'
import type { EventHandler, Sweep } from '../../core/event-handlers.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { packFiles, type PackedFile, type PackedPage } from '../../core/pack-files.ts'
import { readStored, type StoredFile } from '../../core/read-stored.ts'
import { zipBounds, zipLength } from '../../core/zip.ts'
import type { Deps } from '../../plugins/types.ts'
import { exportPage } from './export-page.ts'
import { gatherData } from './gather-data.ts'
import { listExpiredExports, lockExport, updateExport } from './people.queries.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'crypto'>

export function exportKey(organizationId: string, id: string): string {
  return `${organizationId}/exports/${id}.json`
}

/** What an export is put together from when it is downloaded: the pages that tell of the person, and their files. */
interface ExportContents {
  pages: PackedPage[]
  files: PackedFile[]
}

/** Stores what an export holds. Doing it again writes a newer one to the same place. */
export async function makeExport({ db, store, crypto }: Needed, actor: SystemActor, id: string): Promise<boolean> {
  const row = await inTenant(db, actor, (tx) => lockExport(tx, id))
  if (!row || row.status === 'finished') return false
  const { data, files: gathered } = await inTenant(db, actor, (tx) =>
    gatherData(tx, crypto, { kind: row.subjectKind, id: row.subjectId }),
  )
  const files = thatFit(gathered)
  const photos = files.filter(({ path }) => path.startsWith('photos/'))
  const pages = [
    { path: 'data.json', text: JSON.stringify(data, null, 2) },
    { path: 'index.html', text: exportPage(data, photos) },
  ]
  const contents = Buffer.from(JSON.stringify({ pages, files } satisfies ExportContents))
  const made = pages.map(({ path, text }) => ({ path, sizeBytes: Buffer.byteLength(text) }))
  const storageKey = exportKey(actor.organizationId, id)
  await store.put(storageKey, contents, 'application/json')
  await inTenant(db, actor, (tx) =>
    finish(tx, actor, id, { storageKey, digest: sha256(contents), sizeBytes: zipLength([...made, ...files]) }),
  )
  return true
}

/** As many of the files, in their order, as an archive holds beside its pages; more than anybody has. */
function thatFit(files: readonly PackedFile[]): PackedFile[] {
  let room = zipBounds.bytes / 2
  return files.slice(0, zipBounds.members / 2).flatMap(({ path, storageKey, sizeBytes, digest }) => {
    room -= sizeBytes
    return room >= 0 ? [{ path, storageKey, sizeBytes, digest }] : []
  })
}

/**
 * The archive of an export, written while it is taken; undefined where it is not there any more. What has been deleted
 * since it was made, by an erasure for one, is not in it.
 */
export async function openExport(
  store: Needed['store'],
  file: StoredFile,
): Promise<AsyncGenerator<Buffer> | undefined> {
  const bytes = await readStored(store, file)
  if (!bytes) return undefined
  const { pages, files } = JSON.parse(Buffer.from(bytes).toString('utf8')) as ExportContents
  return packFiles(store, files, { pages, missing: 'skip' })
}

async function finish(
  tx: TenantTx,
  actor: SystemActor,
  id: string,
  file: { storageKey: string; digest: string; sizeBytes: number },
): Promise<void> {
  const row = await lockExport(tx, id)
  if (!row || row.status === 'finished') return
  const now = new Date()
  const expiresAt = new Date(now.getTime() + exportDays * 86_400_000).toISOString()
  await updateExport(tx, id, { ...file, status: 'finished', finishedAt: now.toISOString(), expiresAt })
  await recordAudit(tx, actor, 'user:export:finished', { entity: 'person_export', id })
  await queuePersonMail(tx, {
    kind: 'exportReady',
    to: { userId: row.requestedBy },
    facts: { organizationId: tx.organizationId, exportId: id, expiresAt },
  })
}

export const exportHandler: EventHandler<Deps> = {
  name: 'export-person',
  on: ['user:export:requested'],
  lane: 'heavy',
  run: async (deps, event, job) => {
    await job.step('make', () => makeExport(deps, job.actor, String(event.data['exportId'])))
  },
}

/** Takes the files of exports out of the store when their time is over, bytes first. */
export const exportSweep: Sweep<Deps> = {
  name: 'person-exports',
  everySeconds: 3600,
  async run({ db, store }, actor) {
    const old = await inTenant(db, actor, (tx) => listExpiredExports(tx))
    for (const { storageKey } of old) if (storageKey) await store.delete(storageKey)
    await inTenant(db, actor, async (tx) => {
      for (const { id } of old) await updateExport(tx, id, { storageKey: null })
    })
  },
}
