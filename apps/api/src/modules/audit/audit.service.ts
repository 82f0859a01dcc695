import {
  type AuditDetail,
  type AuditEntity,
  type AuditEntry,
  isRestorable,
  type ListAuditQuery,
} from '@sparkle/shared/audit'
import { can, type UserActor } from '../../core/actor.ts'
import { forbidden, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { isSealed, openerOf } from '../../core/person-vault.ts'
import { recordRead } from '../../core/record-read.ts'
import { type AuditFilter, type AuditRecord, countRecords, findRecord, listRecords } from './audit.queries.ts'
import { changedNames, fieldsOf, subjectsOf } from './audit.rules.ts'
import { namesOf } from './subjects.queries.ts'

const sort = '-id'

export function toEntry({ row, actorName, seq }: AuditRecord): Omit<AuditEntry, 'subject'> {
  return {
    id: row.id,
    seq,
    at: row.at,
    action: row.action,
    entity: row.entity as AuditEntity,
    entityId: row.entityId,
    projectId: row.projectId,
    actor: { kind: row.actorKind, id: row.actorId, name: actorName },
    address: row.address,
    userAgent: row.userAgent,
    requestId: row.requestId,
    changed: changedNames(row.before, row.after),
  }
}

async function readPage(tx: TenantTx, query: Pick<ListAuditQuery, 'limit' | 'cursor'>, filter: AuditFilter) {
  const [before] = query.cursor ? decodeCursor(query.cursor, sort, ['id']) : []
  const records = await listRecords(tx, { ...filter, before }, query.limit + 1)
  return toPage(records, query.limit, sort, ({ row }) => [row.id])
}

export async function listEntries(tx: TenantTx, query: ListAuditQuery) {
  const { limit, cursor, include, ...filter } = query
  const page = await readPage(tx, { limit, cursor }, filter)
  const total = asksFor(include, 'total') ? await countRecords(tx, filter) : undefined
  const subjectOf = await namesOf(tx, page.rows)
  const items = page.rows.map((record) => ({ ...toEntry(record), subject: subjectOf(record) }))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/**
 * What has become of one thing, newest first, each entry with the values that changed; personal ones stay sealed. 404
 * where nothing is on record.
 */
export async function listHistory(
  tx: TenantTx,
  entity: AuditEntity,
  entityId: string,
  query: Pick<ListAuditQuery, 'limit' | 'cursor' | 'include'>,
) {
  const filter = { entity, entityId }
  const page = await readPage(tx, query, filter)
  // A thing nothing is on record of is not told from another studio's.
  if (page.rows.length === 0 && !query.cursor) notFound(entity)
  const total = asksFor(query.include, 'total') ? await countRecords(tx, filter) : undefined
  const subjectOf = await namesOf(tx, page.rows)
  const items = page.rows.map((record) => ({
    ...toEntry(record),
    subject: subjectOf(record),
    fields: fieldsOf(record.row.before, record.row.after, null).filter((field) => field.changed),
  }))
  return { items, nextCursor: page.nextCursor, ...(total !== undefined && { total }) }
}

/** One entry with the whole row before and after. Opening personal values needs its own right and goes on record. */
export async function getEntry(tx: TenantTx, actor: UserActor, id: string, personal: boolean): Promise<AuditDetail> {
  if (personal && !can(actor, 'audit:personal'))
    forbidden('auth.forbidden', 'This needs the permission audit:personal.')
  const record = (await findRecord(tx, id)) ?? notFound('audit')
  const { row } = record
  const { before, after } = row
  const open = personal ? await openerOf(tx, tx.crypto, subjectsOf(before, after)) : null
  if (personal)
    await recordRead(tx, actor, { entity: row.entity as AuditEntity, id: row.entityId, projectId: row.projectId })
  const subjectOf = await namesOf(tx, [record])
  return {
    ...toEntry(record),
    subject: subjectOf(record),
    fields: fieldsOf(before, after, open),
    had: { before: before !== null, after: after !== null },
    facts: Object.fromEntries(Object.entries(row.changes).map(([name, fact]) => [name, withoutCiphers(fact)])),
    hash: record.hash,
    restorable: isRestorable(row.entity) && (before !== null || after !== null),
  }
}

/** Ciphertext is of no use to a reader. */
function withoutCiphers(fact: unknown): unknown {
  if (isSealed(fact)) return null
  return Array.isArray(fact) ? fact.map(withoutCiphers) : fact
}

/** Puts on record that the log was taken out, and with which filters. */
export async function recordExport(tx: TenantTx, actor: UserActor, filters: Record<string, unknown>): Promise<void> {
  await recordAudit(tx, actor, 'audit:exported', {
    entity: 'organization',
    id: tx.organizationId,
    changes: { filters },
  })
}
