import type { ImportPreview, ImportView, PreviewImportInput, StartImportInput } from '@sparkle/shared/project-imports'
import type { UserActor } from '../../core/actor.ts'
import { conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { guessMapping } from './import-mapping.ts'
import type { ReadRow } from './import-rows.ts'
import { findImport, insertImport, lockImport, updateImport, type ImportRow } from './project-imports.queries.ts'
import type { CsvTable } from './read-csv.ts'

const sampleRows = 5
const previewedRows = 20
const shownFaults = 200

export function importKey(organizationId: string, importId: string): string {
  return `${organizationId}/imports/${importId}.csv`
}

/** The import as its page sees it; `rows` are those of the file, of which the first are shown. */
export function toImportView(row: ImportRow, rows: readonly string[][]): ImportView {
  return {
    id: row.id,
    filename: row.filename,
    encoding: row.encoding as ImportView['encoding'],
    delimiter: row.delimiter,
    columns: row.columns,
    sample: rows.slice(0, sampleRows).map((cells) => cells.map((cell) => cell.slice(0, 200))),
    mapping: row.mapping,
    dateOrder: row.dateOrder as ImportView['dateOrder'],
    rowCount: row.rowCount,
    status: row.status,
    mode: row.mode,
    importedCount: row.importedCount,
    failedCount: row.failedCount,
    passedCount: row.passedCount,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    version: row.version,
  }
}

/** Keeps what was found in a file whose bytes lie in the store already. Nothing becomes a project yet. */
export async function createImport(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  filename: string,
  table: CsvTable,
): Promise<ImportView> {
  await insertImport(tx, {
    id,
    createdBy: actor.userId,
    filename,
    storageKey: importKey(tx.organizationId, id),
    encoding: table.encoding,
    delimiter: table.delimiter,
    columns: table.columns,
    rowCount: table.rows.length,
    mapping: guessMapping(table.columns),
  })
  return toImportView((await findImport(tx, id)) ?? notFound('project_import'), table.rows)
}

/** The import of this id, if it is the caller's own: it shows what stands in their file. */
export async function getOwnImport(tx: TenantTx, actor: UserActor, id: string): Promise<ImportRow> {
  const row = await findImport(tx, id)
  if (row?.createdBy !== actor.userId) return notFound('project_import')
  return row
}

/** Throws 422 where the mapping is of another file. */
export function assertFits(row: ImportRow, { mapping }: PreviewImportInput): void {
  if (mapping.length !== row.columns.length)
    invalid('import.mapping_misfit', `The file has ${row.columns.length} columns; the mapping names ${mapping.length}.`)
}

/** What was chosen last, as long as the import has not begun. */
export async function keepMapping(tx: TenantTx, id: string, { mapping, dateOrder }: PreviewImportInput): Promise<void> {
  const locked = await lockImport(tx, id)
  if (locked?.status === 'draft') await updateImport(tx, id, { mapping, dateOrder })
}

export function toPreview(rows: readonly ReadRow[]): ImportPreview {
  const valid = rows.filter(({ project }) => project !== null)
  return {
    rowCount: rows.length,
    validCount: valid.length,
    faultyCount: rows.length - valid.length,
    faults: rows.flatMap(({ faults }) => faults).slice(0, shownFaults),
    rows: valid.slice(0, previewedRows).flatMap(({ line, project, assignedArtistName }) =>
      project
        ? [
            {
              row: line,
              petName: project.petName,
              customerName: project.customerName ?? null,
              status: project.status,
              priority: project.priority,
              assignedArtistName,
              deadline: project.deadline ?? null,
            },
          ]
        : [],
    ),
  }
}

/** Hands the import to the worker. 409 where it has been started, or where all rows are wanted and some have faults. */
export async function startImport(
  tx: TenantTx,
  actor: UserActor,
  id: string,
  input: StartImportInput,
  table: CsvTable,
  rows: readonly ReadRow[],
): Promise<ImportView> {
  const locked = (await lockImport(tx, id)) ?? notFound('project_import')
  if (locked.status !== 'draft') conflict('import.started', 'This import has been started already.')
  const faulty = rows.filter(({ project }) => project === null).length
  if (input.mode === 'all' && faulty > 0)
    conflict('import.has_faults', `${faulty} rows have faults. Mend them in the file, or import only the others.`)
  if (faulty === rows.length) conflict('import.nothing_valid', 'No row of this file can be imported as it is.')
  const { mapping, dateOrder, mode } = input
  await updateImport(tx, id, { status: 'queued', mapping, dateOrder, mode })
  await recordAudit(tx, actor, 'project:import:started', {
    entity: 'project_import',
    id,
    changes: { filename: locked.filename, rows: rows.length, faulty, mode },
  })
  await emit(tx, actor, 'project:import:started', { data: { importId: id, filename: locked.filename } })
  return toImportView((await findImport(tx, id)) ?? notFound('project_import'), table.rows)
}
