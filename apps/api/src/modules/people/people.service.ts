import type { ErasureInput, ErasureView, ExportView, PersonSubject } from '@sparkle/shared/people'
import type { UserActor } from '../../core/actor.ts'
import { conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { lockActiveAdmins } from '../users/users.queries.ts'
import { findPerson, subjectOf, subjectView } from './people.subject.ts'
import {
  type ErasureRow,
  type ExportRow,
  insertErasure,
  insertExport,
  lockErasure,
  lockExport,
} from './people.queries.ts'

/** Makes the address at which an export is downloaded until it expires. */
export type ExportLinker = (organizationId: string, id: string, expiresAt: string) => string

function exportView(link: ExportLinker, row: ExportRow): ExportView {
  const { id, status, sizeBytes, storageKey, expiresAt, createdAt, finishedAt, version } = row
  const there = storageKey !== null && expiresAt !== null && Date.parse(expiresAt) > Date.now()
  const url = there ? link(row.organizationId, id, expiresAt) : null
  const subject = subjectView({ kind: row.subjectKind, id: row.subjectId })
  return { id, subject, status, sizeBytes, url, expiresAt, createdAt, finishedAt, version }
}

/** Asks for all that is kept of a person. The worker makes the archive and writes to whoever asked. */
export async function requestExport(
  tx: TenantTx,
  crypto: Crypto,
  link: ExportLinker,
  actor: UserActor,
  subject: PersonSubject,
): Promise<ExportView> {
  const whom = subjectOf(subject)
  await findPerson(tx, crypto, whom)
  const id = newId()
  await insertExport(tx, { id, subjectKind: whom.kind, subjectId: whom.id, requestedBy: actor.userId })
  await recordAudit(tx, actor, 'user:export:requested', { entity: 'person_export', id })
  await emit(tx, actor, 'user:export:requested', { data: { exportId: id } })
  return exportView(link, (await lockExport(tx, id)) ?? notFound('person_export'))
}

/** `own`: asked for by the person for themselves, who sees no others. */
export async function getExport(
  tx: TenantTx,
  link: ExportLinker,
  actor: UserActor,
  id: string,
  own: boolean,
): Promise<ExportView> {
  const row = (await lockExport(tx, id)) ?? notFound('person_export')
  if (own && (row.requestedBy !== actor.userId || row.subjectId !== actor.userId)) notFound('person_export')
  return exportView(link, row)
}

function erasureView(row: ErasureRow): ErasureView {
  const { id, reason, games, documents, status, erased, createdAt, finishedAt, version } = row
  const subject = subjectView({ kind: row.subjectKind, id: row.subjectId })
  return { id, subject, reason, games, documents, status, erased, createdAt, finishedAt, version }
}

/** Asks for somebody's erasure, which cannot be taken back. The worker carries it out. */
export async function requestErasure(
  tx: TenantTx,
  crypto: Crypto,
  actor: UserActor,
  { subject, ...choices }: ErasureInput,
): Promise<ErasureView> {
  const whom = subjectOf(subject)
  const admins = await lockActiveAdmins(tx)
  const { userId } = await findPerson(tx, crypto, whom)
  if (userId === actor.userId) conflict('erasure.oneself', 'Somebody else of the studio has to erase you.')
  if (admins.length === 1 && admins[0] === userId)
    conflict('user.last_admin', 'This is the last admin of the studio. Make somebody else an admin first.')
  const id = newId()
  await insertErasure(tx, { id, subjectKind: whom.kind, subjectId: whom.id, requestedBy: actor.userId, ...choices })
  await recordAudit(tx, actor, 'user:erasure:requested', { entity: 'person_erasure', id })
  await emit(tx, actor, 'user:erasure:requested', { data: { erasureId: id } })
  return getErasure(tx, id)
}

export async function getErasure(tx: TenantTx, id: string): Promise<ErasureView> {
  return erasureView((await lockErasure(tx, id)) ?? notFound('person_erasure'))
}
