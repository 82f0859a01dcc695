import { byteOrderMark, csvLine } from '@sparkle/shared/csv'
import type { UserActor } from '../../core/actor.ts'
import { type Database, inTenant } from '../../core/in-tenant.ts'
import { type AuditFilter, type AuditRecord, listRecords } from './audit.queries.ts'
import { fieldsOf } from './audit.rules.ts'
import { toEntry } from './audit.service.ts'

const rowsAtOnce = 500
const columns = [
  'seq',
  'at',
  'id',
  'action',
  'entity',
  'entityId',
  'projectId',
  'actorKind',
  'actorId',
  'actorName',
  'address',
  'userAgent',
  'requestId',
  'changes',
  'hash',
] as const

function csvOf(record: AuditRecord): string {
  const { actor, changed: _names, ...entry } = toEntry(record)
  const values: Record<string, unknown> = {
    ...entry,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    hash: record.hash,
    changes: changesOf(record),
  }
  return csvLine(columns.map((column) => String(values[column] ?? '')))
}

/** `{name: [before, after]}`; of personal values only that they changed. */
function changesOf({ row: { before, after } }: AuditRecord): string {
  const changed = fieldsOf(before, after, null).filter((field) => field.changed)
  return JSON.stringify(
    Object.fromEntries(
      changed.map(({ name, state, before: was, after: is }) => [name, state === 'plain' ? [was, is] : state]),
    ),
  )
}

/** The record as it is, ciphertext and all: with its seal, so that the chain can be followed outside. */
function lineOf({ row, seq, hash }: AuditRecord): string {
  return `${JSON.stringify({ seq, hash, ...row })}\n`
}

/**
 * What a filter finds, newest first, page by page: memory and connections are held for one page, however long the
 * download takes. Records of its own duration are not in it, since it goes back in time.
 */
export async function* exportRecords(
  db: Database,
  actor: UserActor,
  filter: AuditFilter,
  format: 'csv' | 'ndjson',
): AsyncGenerator<string> {
  if (format === 'csv') yield byteOrderMark + csvLine(columns)
  for (let before: string | undefined; ;) {
    const records = await inTenant(db, actor, (tx) => listRecords(tx, { ...filter, before }, rowsAtOnce))
    if (records.length > 0) yield records.map(format === 'csv' ? csvOf : lineOf).join('')
    before = records.at(-1)?.row.id
    if (records.length < rowsAtOnce) return
  }
}
