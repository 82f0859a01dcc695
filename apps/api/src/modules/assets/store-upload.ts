import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { AssetView, directUpload, directUploadInput } from '@sparkle/shared/assets'
import { conflict, invalid } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { readProject } from '../projects/projects.service.ts'
import { deleteReservation } from './assets.queries.ts'
import { assertSize } from './assets.rules.ts'
import { confirmUpload, findReservation, reserveAsset } from './assets.service.ts'
import type { Linker } from '../../core/file-links.ts'
import type { UploadedForm } from './upload-form.ts'

type Needed = Pick<Deps, 'db' | 'store'>
const uploadTtlSeconds = 900

/**
 * Takes a file through the API in three steps: a reservation, the bytes, the confirmation, so that no transaction is
 * open while bytes travel. Whatever goes wrong after the first, neither row nor bytes are kept.
 */
export async function storeUpload(
  { db, store }: Needed,
  link: Linker,
  request: FastifyRequest,
  projectId: string,
  readForm: () => Promise<UploadedForm>,
): Promise<AssetView> {
  const { actor } = request
  await inTenant(db, actor, (tx) => readProject(tx, actor, projectId))
  const { bytes, ...form } = await readForm()
  const reserved = await inTenant(db, actor, (tx) =>
    reserveAsset(tx, actor, projectId, { ...form, sizeBytes: bytes.length }),
  )
  // The row first: where it became an asset after all (a commit whose answer was lost), its bytes stay.
  const discard = async () => {
    if (await inTenant(db, actor, (tx) => deleteReservation(tx, reserved.assetId))) await store.delete(reserved.key)
  }
  // What an Idempotency-Key is compared by: another file under the same key is another request.
  request.body = { ...form, digest: sha256(bytes) }
  try {
    await store.put(reserved.key, bytes, reserved.mimeType)
    const asset = await request.inTenant((tx) => confirmUpload(tx, link, actor, reserved.assetId))
    // A replay answers the asset of the first time, and this copy is one too many.
    if (asset.id !== reserved.assetId) await discard()
    return asset
  } catch (error) {
    await discard()
    throw error
  }
}

export async function signDirectUpload(
  store: Needed['store'],
  request: FastifyRequest,
  projectId: string,
  input: z.infer<typeof directUploadInput>,
): Promise<z.infer<typeof directUpload>> {
  const { assetId, key, mimeType } = await request.inTenant((tx) => reserveAsset(tx, request.actor, projectId, input))
  const signed = await store.signUpload({ key, mimeType, sizeBytes: input.sizeBytes, ttlSeconds: uploadTtlSeconds })
  const { expiresAt, ...upload } = signed
  return { assetId, upload, expiresAt }
}

/** Looks at what really arrived before the row becomes an asset: a signature promises a size, it does not prove one. */
export async function completeUpload(
  { db, store }: Needed,
  link: Linker,
  request: FastifyRequest,
  assetId: string,
): Promise<AssetView> {
  const { actor } = request
  const reserved = await inTenant(db, actor, (tx) => findReservation(tx, actor, assetId))
  if (!reserved.uploadedAt && reserved.uploadKey) {
    const arrived = await store.head(reserved.uploadKey)
    if (!arrived) conflict('upload.missing', 'No bytes have arrived yet. Send them to the signed address first.')
    assertSize(arrived.sizeBytes)
    if (arrived.sizeBytes !== reserved.fileSize) {
      await store.delete(reserved.uploadKey)
      await inTenant(db, actor, (tx) => deleteReservation(tx, assetId))
      invalid(
        'upload.size_mismatch',
        `${arrived.sizeBytes} bytes arrived, not the ${reserved.fileSize} that were announced.`,
      )
    }
  }
  return request.inTenant((tx) => confirmUpload(tx, link, actor, assetId))
}
