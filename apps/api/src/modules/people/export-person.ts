import { exportDays } from '@sparkle/shared/people'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import { sha256 } from '../../core/crypto.ts'
import type { EventHandler, Sweep } from '../../core/event-handlers.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { queuePersonMail } from '../../core/person-mail.ts'
import { readStored } from '../../core/read-stored.ts'
import type { Deps } from '../../plugins/types.ts'
import { exportPage } from './export-page.ts'
import { gatherData } from './gather-data.ts'
import { listExpiredExports, lockExport, updateExport } from './people.queries.ts'
import { writeZip, type ZipMember } from './write-zip.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'crypto'>

/** More than anybody has; an archive is put together in memory. */
const mostFileBytes = 512 * 1024 * 1024

export function exportKey(organizationId: string, id: string): string {
  return `${organizationId}/exports/${id}.zip`
}

/** Makes the archive and stores it. Doing it again writes a newer one to the same place. */
export async function makeExport({ db, store, crypto }: Needed, actor: SystemActor, id: string): Promise<boolean> {
  const row = await inTenant(db, actor, (tx) => lockExport(tx, id))
  if (!row || row.status === 'finished') return false
  const { data, files } = await inTenant(db, actor, (tx) =>
    gatherData(tx, crypto, { kind: row.subjectKind, id: row.subjectId }),
  )
  const members: ZipMember[] = []
  let fileBytes = 0
  for (const file of files) {
    const bytes = await readStored(store, file)
    fileBytes += bytes?.length ?? 0
    if (bytes && fileBytes <= mostFileBytes) members.push({ path: file.path, bytes })
  }
  const text = (path: string, content: string) => ({ path, bytes: Buffer.from(content, 'utf8') })
  const zip = writeZip([
    text('data.json', JSON.stringify(data, null, 2)),
    text(
      'index.html',
      exportPage(
        data,
        members.filter(({ path }) => path.startsWith('photos/')),
      ),
    ),
    ...members,
  ])
  const storageKey = exportKey(actor.organizationId, id)
  await store.put(storageKey, zip, 'application/zip')
  await inTenant(db, actor, (tx) => finish(tx, actor, id, { storageKey, digest: sha256(zip), sizeBytes: zip.length }))
  return true
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
