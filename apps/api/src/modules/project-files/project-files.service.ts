import {
  maxDocumentBytes,
  type FileUploadInput,
  type FileVersionView,
  type ProjectFileQuery,
  type ProjectFileView,
} from '@sparkle/shared/project-files'
import { sql } from 'drizzle-orm'
import { can, isClient, type UserActor } from '../../core/actor.ts'
import { assertVersion, conflict, notFound } from '../../core/app-error.ts'
import { changesBetween, recordAudit } from '../../core/audit.ts'
import type { Crypto } from '../../core/crypto.ts'
import { asksFor } from '../../core/cursor.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { openProject } from '../projects/projects.service.ts'
import { findProject } from '../projects/projects.queries.ts'
import {
  countFileRows,
  findFileRow,
  findVersion,
  insertFile,
  insertVersion,
  listFileRows,
  listVersionRows,
  lockFile,
  markArrived,
  updateFile,
  type FileRow,
  type VersionRow,
} from './project-files.queries.ts'

/** Makes the address at which one version can be downloaded. */
export type FileLinker = (organizationId: string, versionId: string) => string

const dayMs = 24 * 3600 * 1000

/** Makes links that are good for one to two days, and the same all day long. */
export function createFileLinker(crypto: Pick<Crypto, 'signToken'>, publicOrigin: string): FileLinker {
  return (organizationId, versionId) => {
    const expiresAt = new Date((Math.floor(Date.now() / dayMs) + 2) * dayMs)
    const token = crypto.signToken('project-file', [organizationId, versionId], expiresAt)
    return `${publicOrigin}/api/v1/documents/${token}`
  }
}

const sqlNow = sql`now()` as unknown as string

/** The documents are the studio's own: to a customer they do not exist. */
async function assertSees(tx: TenantTx, actor: UserActor, projectId: string) {
  const project = (await findProject(tx, projectId)) ?? notFound('project')
  if (project.deletedAt || isClient(actor) || !can(actor, 'projects:read', { projectId })) notFound('project')
  return project
}

function versionView(link: FileLinker, actor: UserActor, row: VersionRow): FileVersionView {
  if (row.number === null || row.digest === null || row.arrivedAt === null)
    throw new Error('An upload that has not arrived is shown.')
  return {
    id: row.id,
    number: row.number,
    filename: row.filename,
    mimeType: row.mimeType,
    sizeBytes: row.sizeBytes,
    digest: row.digest,
    uploadedBy: row.uploadedBy,
    uploadedByName: row.uploadedByName,
    uploadedAt: row.arrivedAt,
    downloadUrl: link(actor.organizationId, row.id),
  }
}

function fileView(link: FileLinker, actor: UserActor, { file, current }: FileRow): ProjectFileView {
  const { currentNumber, ...rest } = file
  return { ...rest, current: versionView(link, actor, current), versionCount: currentNumber }
}

export async function listFileViews(
  tx: TenantTx,
  link: FileLinker,
  actor: UserActor,
  projectId: string,
  page: ProjectFileQuery,
) {
  await assertSees(tx, actor, projectId)
  const { rows, nextCursor } = await listFileRows(tx, projectId, page)
  const total = asksFor(page.include, 'total') ? await countFileRows(tx, projectId) : undefined
  const items = rows.map((row) => fileView(link, actor, row))
  return { items, nextCursor, ...(total !== undefined && { total }) }
}

/** The file of this id, of a project the reader may see. */
async function seenFile(tx: TenantTx, actor: UserActor, id: string): Promise<FileRow> {
  const row = (await findFileRow(tx, id)) ?? notFound('project_file')
  await assertSees(tx, actor, row.file.projectId)
  return row
}

export async function getFile(tx: TenantTx, link: FileLinker, actor: UserActor, id: string) {
  return fileView(link, actor, await seenFile(tx, actor, id))
}

export async function listVersions(tx: TenantTx, link: FileLinker, actor: UserActor, id: string) {
  await seenFile(tx, actor, id)
  return { items: (await listVersionRows(tx, id)).map((row) => versionView(link, actor, row)) }
}

/** Where bytes lie while they are on the way: whoever holds the signed request can write there until it expires. */
function arrivalKey(organizationId: string, versionId: string): string {
  return `${organizationId}/uploads/document-${versionId}`
}

/** Where they lie from then on: nobody holds a request for this key, so what was checked stays what is served. */
export function documentKey(organizationId: string, versionId: string, digest: string): string {
  return `${organizationId}/documents/${versionId}-${digest.slice(0, 16)}`
}

/** Makes room for bytes that are on their way: a new file, or a new version of one of the same project. */
export async function reserveVersion(tx: TenantTx, actor: UserActor, projectId: string, input: FileUploadInput) {
  await openProject(tx, actor, projectId)
  const existing = input.fileId ? await lockFile(tx, input.fileId) : undefined
  if (input.fileId && existing?.projectId !== projectId) notFound('project_file')
  const fileId = existing?.id ?? newId()
  if (!existing) await insertFile(tx, { id: fileId, projectId, name: input.filename, createdBy: actor.userId })
  const id = newId()
  const storageKey = arrivalKey(tx.organizationId, id)
  const { filename, mimeType, sizeBytes } = input
  await insertVersion(tx, { id, fileId, filename, mimeType, sizeBytes, storageKey, uploadedBy: actor.userId })
  return { uploadId: id, fileId, key: storageKey, mimeType, sizeBytes }
}

/** The upload somebody says is complete, if it is of a project they may work on. */
export async function findUpload(tx: TenantTx, actor: UserActor, uploadId: string) {
  const upload = (await findVersion(tx, uploadId)) ?? notFound('upload')
  await openProject(tx, actor, upload.projectId)
  return upload
}

/** Makes bytes that lie in the store the file's newest version. A second call changes nothing. */
export async function confirmVersion(
  tx: TenantTx,
  link: FileLinker,
  actor: UserActor,
  uploadId: string,
  digest: string,
): Promise<ProjectFileView> {
  const upload = await findUpload(tx, actor, uploadId)
  const file = (await lockFile(tx, upload.fileId)) ?? notFound('project_file')
  if (upload.number === null) {
    const number = file.currentNumber + 1
    await markArrived(tx, uploadId, { number, digest, storageKey: documentKey(tx.organizationId, uploadId, digest) })
    await updateFile(tx, file.id, { currentNumber: number })
    await tell(tx, actor, 'project:file:added', file, { number: [number - 1 || null, number], digest })
  }
  return getFile(tx, link, actor, file.id)
}

export async function renameFile(
  tx: TenantTx,
  link: FileLinker,
  actor: UserActor,
  id: string,
  name: string,
  expected: number | null,
): Promise<ProjectFileView> {
  const file = await openFile(tx, actor, id)
  assertVersion(file.version, expected)
  await updateFile(tx, id, { name })
  await tell(tx, actor, 'project:file:renamed', { ...file, name }, changesBetween({ name: file.name }, { name }))
  return getFile(tx, link, actor, id)
}

/** Takes a file off the project. Its bytes stay, so that whoever keeps the database can bring it back. */
export async function deleteFile(tx: TenantTx, actor: UserActor, id: string, expected: number | null): Promise<void> {
  const file = await openFile(tx, actor, id)
  assertVersion(file.version, expected)
  await updateFile(tx, id, { deletedAt: sqlNow })
  await tell(tx, actor, 'project:file:deleted', file)
}

/** The file, locked for a change by somebody who may work on its project. */
async function openFile(tx: TenantTx, actor: UserActor, id: string) {
  const file = await lockFile(tx, id)
  if (!file || file.currentNumber === 0) return notFound('project_file')
  await openProject(tx, actor, file.projectId)
  return file
}

type FileEvent = 'project:file:added' | 'project:file:renamed' | 'project:file:deleted'

async function tell(
  tx: TenantTx,
  actor: UserActor,
  what: FileEvent,
  file: { id: string; projectId: string; name: string },
  changes: Record<string, unknown> = {},
): Promise<void> {
  const project = await findProject(tx, file.projectId)
  await recordAudit(tx, actor, what, { entity: 'project_file', id: file.id, changes: { name: file.name, ...changes } })
  await emit(tx, actor, what, {
    projectId: file.projectId,
    data: { fileId: file.id, filename: file.name, petName: project?.petName ?? null },
  })
}

/** Throws 409 where nothing has arrived, or something of another size than was announced. */
export function assertArrived(arrived: { sizeBytes: number } | undefined, announced: number): void {
  if (!arrived) conflict('upload.missing', 'No bytes have arrived yet. Send them to the signed address first.')
  if (arrived.sizeBytes !== announced || arrived.sizeBytes > maxDocumentBytes)
    conflict(
      'upload.size_mismatch',
      `${arrived.sizeBytes} bytes arrived, not the ${announced} that were announced. Ask for a new upload.`,
    )
}
