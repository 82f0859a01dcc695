import type { FastifyRequest } from 'fastify'
import {
  maxDocumentBytes,
  type FileUploadInput,
  type FileUploadTicket,
  type ProjectFileView,
} from '@sparkle/shared/project-files'
import type { UserActor } from '../../core/actor.ts'
import { AppError, conflict } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { refuseInfected } from '../../core/scan-upload.ts'
import { createTurns } from '../../core/turns.ts'
import type { Deps } from '../../plugins/types.ts'
import { deleteWaiting } from './project-files.queries.ts'
import {
  assertArrived,
  confirmVersion,
  documentKey,
  findUpload,
  reserveVersion,
  type FileLinker,
} from './project-files.service.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'scanner'>
const uploadTtlSeconds = 3600

/** Each document is in memory as a whole while it is looked at. */
const takeTurn = createTurns({
  atOnce: 2,
  longestQueue: 20,
  busy: () => new AppError('unavailable', 'upload.busy', 'Many documents are being checked. Try again in a minute.'),
})

/** Reserves a version and signs the request that puts its bytes into the store, past the API. */
export async function signDocument(
  store: Needed['store'],
  request: FastifyRequest,
  projectId: string,
  input: FileUploadInput,
): Promise<FileUploadTicket> {
  const { key, mimeType, sizeBytes, ...named } = await request.inTenant((tx) =>
    reserveVersion(tx, request.actor, projectId, input),
  )
  const signed = await store.signUpload({ key, mimeType, sizeBytes, ttlSeconds: uploadTtlSeconds })
  const { expiresAt, ...upload } = signed
  return { ...named, upload, expiresAt }
}

/** Looks at what really arrived before it becomes a version: a signature promises a size, it does not prove one. */
export async function completeDocument(
  deps: Needed,
  link: FileLinker,
  request: FastifyRequest,
  uploadId: string,
): Promise<ProjectFileView> {
  const { db, store } = deps
  const { actor } = request
  const upload = await inTenant(db, actor, (tx) => findUpload(tx, actor, uploadId))
  if (upload.digest !== null) {
    const known = upload.digest
    return request.inTenant((tx) => confirmVersion(tx, link, actor, uploadId, known))
  }
  assertArrived(await store.head(upload.storageKey), upload.sizeBytes)
  const digest = await takeTurn(() => keepDocument(deps, actor, uploadId, upload))
  const file = await request.inTenant((tx) => confirmVersion(tx, link, actor, uploadId, digest))
  await store.delete(upload.storageKey)
  return file
}

/** Scans what has arrived and puts it where it stays. What is infected is deleted, and its upload forgotten. */
async function keepDocument(
  { db, store, scanner }: Needed,
  actor: UserActor,
  uploadId: string,
  { storageKey, mimeType }: { storageKey: string; mimeType: string },
): Promise<string> {
  const bytes = await store.get(storageKey, maxDocumentBytes)
  if (!bytes) return conflict('upload.missing', 'The bytes are gone. Ask for a new upload.')
  const verdict = await scanner.scan(bytes)
  if (verdict.is === 'infected') {
    await store.delete(storageKey)
    await inTenant(db, actor, (tx) => deleteWaiting(tx, uploadId))
  }
  refuseInfected(verdict)
  const digest = sha256(bytes)
  await store.put(documentKey(actor.organizationId, uploadId, digest), bytes, mimeType)
  return digest
}
