import type { FastifyRequest } from 'fastify'
import {
  maxDocumentBytes,
  type FileUploadInput,
  type FileUploadTicket,
  type ProjectFileView,
} from '@sparkle/shared/project-files'
import { conflict } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { refuseInfected } from '../../core/scan-upload.ts'
import type { Deps } from '../../plugins/types.ts'
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
  { db, store, scanner }: Needed,
  link: FileLinker,
  request: FastifyRequest,
  uploadId: string,
): Promise<ProjectFileView> {
  const { actor } = request
  const upload = await inTenant(db, actor, (tx) => findUpload(tx, actor, uploadId))
  if (upload.digest !== null) {
    const known = upload.digest
    return request.inTenant((tx) => confirmVersion(tx, link, actor, uploadId, known))
  }
  assertArrived(await store.head(upload.storageKey), upload.sizeBytes)
  const bytes = await store.get(upload.storageKey, maxDocumentBytes)
  if (!bytes) return conflict('upload.missing', 'The bytes are gone. Ask for a new upload.')
  refuseInfected(await scanner.scan(bytes))
  const digest = sha256(bytes)
  await store.put(documentKey(actor.organizationId, uploadId, digest), bytes, upload.mimeType)
  const file = await request.inTenant((tx) => confirmVersion(tx, link, actor, uploadId, digest))
  await store.delete(upload.storageKey)
  return file
}
