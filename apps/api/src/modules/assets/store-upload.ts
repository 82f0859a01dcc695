import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type {
  AssetVersionView,
  AssetView,
  directUpload,
  directUploadInput,
  versionUpload,
  versionUploadInput,
} from '@sparkle/shared/assets'
import { conflict, invalid } from '../../core/app-error.ts'
import { sha256 } from '../../core/crypto.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { readProject } from '../projects/projects.service.ts'
import { deleteReservation } from './assets.queries.ts'
import { confirmUpload, findReservation, reserveAsset } from './assets.service.ts'
import type { Linker } from '../../core/file-links.ts'
import type { UploadedForm } from './upload-form.ts'
import { type Announced, checkArrival, signUpload, type UploadTools } from './uploads.service.ts'
import { confirmVersion, dropVersionReservation, findVersionReservation, reserveVersion } from './versions.service.ts'

type Needed = Pick<Deps, 'db' | 'store'>

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
  tools: UploadTools,
  request: FastifyRequest,
  projectId: string,
  input: z.infer<typeof directUploadInput>,
): Promise<z.infer<typeof directUpload>> {
  const { assetId, duplicateOf, ...place } = await request.inTenant((tx) =>
    reserveAsset(tx, request.actor, projectId, input),
  )
  return { assetId, duplicateOf, ...(await signUpload(tools, { ...place, sizeBytes: input.sizeBytes })) }
}

export async function signVersionUpload(
  tools: UploadTools,
  request: FastifyRequest,
  assetId: string,
  input: z.infer<typeof versionUploadInput>,
): Promise<z.infer<typeof versionUpload>> {
  const { number, ...place } = await request.inTenant((tx) => reserveVersion(tx, request.actor, assetId, input))
  return { number, ...(await signUpload(tools, { ...place, sizeBytes: input.sizeBytes })) }
}

/** Looks at what really arrived before the row becomes an asset. */
export async function completeUpload(
  { db, store }: Needed,
  link: Linker,
  request: FastifyRequest,
  assetId: string,
): Promise<AssetView> {
  const { actor } = request
  const reserved = await inTenant(db, actor, (tx) => findReservation(tx, actor, assetId))
  if (!reserved.uploadedAt && reserved.uploadKey) {
    const { uploadKey: key, fileSize: sizeBytes, uploadDigest: digest } = reserved
    await assertArrival(store, { key, sizeBytes, digest }, () =>
      inTenant(db, actor, (tx) => deleteReservation(tx, assetId)),
    )
  }
  return request.inTenant((tx) => confirmUpload(tx, link, actor, assetId))
}

/** The same for a version. */
export async function completeVersion(
  { db, store }: Needed,
  link: Linker,
  request: FastifyRequest,
  assetId: string,
  number: number,
): Promise<AssetVersionView> {
  const { actor } = request
  const reserved = await inTenant(db, actor, (tx) => findVersionReservation(tx, actor, assetId, number))
  if (!reserved.uploadedAt && reserved.uploadKey) {
    const { uploadKey: key, fileSize: sizeBytes, uploadDigest: digest } = reserved
    await assertArrival(store, { key, sizeBytes, digest }, () =>
      inTenant(db, actor, (tx) => dropVersionReservation(tx, assetId, number)),
    )
  }
  return request.inTenant((tx) => confirmVersion(tx, link, actor, assetId, number))
}

/** Throws where the bytes are not those that were announced; then neither they nor the reservation are kept. */
async function assertArrival(
  store: Needed['store'],
  announced: Announced,
  giveUp: () => Promise<unknown>,
): Promise<void> {
  const arrival = await checkArrival(store, announced)
  if (arrival.is === 'as_announced') return
  if (arrival.is === 'missing')
    conflict('upload.missing', 'No bytes have arrived yet. Send them to the signed address first.')
  await store.delete(announced.key)
  await giveUp()
  if (arrival.is === 'other_bytes')
    invalid(
      'upload.digest_mismatch',
      'The bytes that arrived are not those whose digest was announced. Send them again.',
    )
  invalid(
    'upload.size_mismatch',
    `${arrival.sizeBytes} bytes arrived, not the ${announced.sizeBytes} that were announced.`,
  )
}
