import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { v7 } from 'uuid'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { EventHandler, HandledEvent, Job, Sweep } from '../../core/event-handlers.ts'
import { newId } from '../../core/ids.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import type { Deps } from '../../plugins/types.ts'
import { contactColumns } from '../projects/contact-data.service.ts'
import { readRows, type ImportedProject, type ReadRow } from './import-rows.ts'
import {
  findImport,
  insertProjects,
  listAssignable,
  listOldSources,
  lockImport,
  updateImport,
  type ImportRow,
  type NewProjectRow,
} from './project-imports.queries.ts'
import { readCsv } from './read-csv.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'crypto'>
/** Rows that become projects in one transaction, and between two steps of the progress. */
const chunkRows = 250

const sqlNow = sql`now()` as unknown as string

/** The same id whenever the same row is imported again, in the order of the file: UUIDv7 with a derived tail. */
export function rowId(importId: string, createdAt: string, index: number): string {
  const random = createHash('sha256').update(`${importId} ${index}`).digest().subarray(0, 16)
  return v7({ msecs: Date.parse(createdAt), seq: index, random })
}

function toProjectRow(crypto: Crypto, id: string, project: ImportedProject): NewProjectRow {
  const { customerEmail, customerPhone, ...rest } = project
  return {
    ...rest,
    ...contactColumns(crypto, { customerEmail, customerPhone }),
    id,
    name: project.name ?? project.petName,
    statusBeforeHold: project.status === 'on_hold' ? 'backlog' : null,
    completedAt: project.status === 'complete' ? sqlNow : null,
  }
}

/**
 * Makes projects of the rows from `passedCount` on, and moves it: both commit together, so that a run which takes over
 * goes on behind the last chunk, and a chunk done twice finds its ids taken.
 */
async function importChunk(
  tx: TenantTx,
  { crypto }: Pick<Needed, 'crypto'>,
  source: ImportRow,
  rows: readonly ReadRow[],
  size: number,
): Promise<boolean> {
  const row = await lockImport(tx, source.id)
  if (!row || row.status !== 'running' || row.passedCount >= rows.length) return false
  const upTo = Math.min(rows.length, row.passedCount + size)
  const wanted: NewProjectRow[] = []
  for (let index = row.passedCount; index < upTo; index += 1) {
    const project = rows[index]?.project
    if (project) wanted.push(toProjectRow(crypto, rowId(row.id, row.createdAt, index), project))
  }
  const recordOf = () => ({
    id: newId(),
    action: 'project:created' as const,
    entity: 'project',
    actorKind: 'user',
    actorId: row.createdBy,
    changes: { importId: row.id },
  })
  const made = await insertProjects(tx, wanted, recordOf)
  const importedCount = row.importedCount + made
  const failedCount = row.failedCount + (upTo - row.passedCount - wanted.length)
  await updateImport(tx, row.id, { passedCount: upTo, importedCount, failedCount })
  const actor: SystemActor = { kind: 'system', organizationId: tx.organizationId, job: 'import-projects' }
  await emit(tx, actor, 'project:import:advanced', {
    data: { importId: row.id, userId: row.createdBy, filename: row.filename, number: upTo },
  })
  return upTo < rows.length
}

async function begin(tx: TenantTx, importId: string): Promise<boolean> {
  const row = await lockImport(tx, importId)
  if (!row || row.status === 'finished' || row.status === 'failed') return false
  if (row.status === 'queued') await updateImport(tx, importId, { status: 'running' })
  return true
}

async function end(tx: TenantTx, actor: SystemActor, importId: string, status: 'finished' | 'failed'): Promise<void> {
  const row = await lockImport(tx, importId)
  if (!row || row.status === 'finished' || row.status === 'failed') return
  await updateImport(tx, importId, { status, finishedAt: sqlNow })
  await recordAudit(tx, actor, 'project:import:finished', {
    entity: 'project_import',
    id: importId,
    changes: { status, imported: row.importedCount, failed: row.failedCount },
  })
  await emit(tx, actor, 'project:import:finished', {
    data: { importId, filename: row.filename, number: row.importedCount, failed: row.failedCount },
  })
}

/** Imports a started file. With mode `all` in one transaction, so that all rows come in or none does. */
export async function runImport(deps: Needed, importId: string, job: Pick<Job, 'actor' | 'step' | 'log'>) {
  const { db, store } = deps
  const { actor } = job
  const begun = await job.step('begin', () => inTenant(db, actor, (tx) => begin(tx, importId)))
  if (!begun) return
  try {
    await job.step('import', async () => {
      const { source, people } = await inTenant(db, actor, async (tx) => ({
        source: await findImport(tx, importId),
        people: await listAssignable(tx),
      }))
      const bytes = source?.storageKey ? await store.get(source.storageKey) : undefined
      if (!source || !bytes) throw new Error('The file of an import is gone.')
      const mapping = { mapping: source.mapping, dateOrder: source.dateOrder === 'mdy' ? 'mdy' : 'dmy' } as const
      const rows = await readRows(await readCsv(bytes), mapping, people)
      const size = source.mode === 'all' ? rows.length : chunkRows
      if (source.mode === 'all' && rows.some(({ project }) => project === null))
        throw new Error('A row that was fine when the import began no longer is.')
      while (await inTenant(db, actor, (tx) => importChunk(tx, deps, source, rows, size)));
    })
  } catch (error) {
    job.log.error({ importId, err: error }, 'an import came to no end')
    await job.step('fail', () => inTenant(db, actor, (tx) => end(tx, actor, importId, 'failed')))
    return
  }
  await job.step('end', () => inTenant(db, actor, (tx) => end(tx, actor, importId, 'finished')))
}

/** Takes the files of old imports out of the store, bytes first: they hold contact data. */
async function sweepSources({ db, store }: Needed, actor: SystemActor): Promise<void> {
  const old = await inTenant(db, actor, (tx) => listOldSources(tx, 200))
  for (const { storageKey } of old) if (storageKey) await store.delete(storageKey)
  await inTenant(db, actor, async (tx) => {
    for (const { id } of old) await updateImport(tx, id, { storageKey: null })
  })
}

export const projectImportHandlers: readonly EventHandler<Deps>[] = [
  {
    name: 'import-projects',
    on: ['project:import:started'],
    lane: 'heavy',
    run: (deps, event: HandledEvent, job) => runImport(deps, String(event.data['importId']), job),
  },
]
export const projectImportSweeps: readonly Sweep<Deps>[] = [
  { name: 'old-imports', everySeconds: 86_400, run: sweepSources },
]
