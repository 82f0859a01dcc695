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
import { type Announced, type Arrival, settleArrival, signUpload, type UploadTools } from './uploads.service.ts'
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
  const find = () => inTenant(db, actor, (tx) => findReservation(tx, actor, assetId))
  const drop = () => inTenant(db, actor, (tx) => deleteReservation(tx, assetId))
  return settleThen(store, { find, drop }, (key) =>
    request.inTenant((tx) => confirmUpload(tx, link, actor, assetId, key)),
  )
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
  const find = () => inTenant(db, actor, (tx) => findVersionReservation(tx, actor, assetId, number))
  const drop = () => inTenant(db, actor, (tx) => dropVersionReservation(tx, assetId, number))
  return settleThen(store, { find, drop }, (key) =>
    request.inTenant((tx) => confirmVersion(tx, link, actor, assetId, number, key)),
  )
}

interface Reserved {
  uploadedAt: string | null
  uploadKey: string | null
  fileSize: number
  uploadDigest: string | null
}

/**
 * Has an upload confirmed under the key where nobody can write any more, and deletes what lay where it arrived. One that
 * is complete already, also since another call was quicker, is confirmed without a key, which changes nothing.
 */
async function settleThen<T>(
  store: Needed['store'],
  { find, drop }: { find: () => Promise<Reserved>; drop: () => Promise<unknown> },
  confirm: (key?: string) => Promise<T>,
): Promise<T> {
  const { uploadedAt, uploadKey: key, fileSize: sizeBytes, uploadDigest: digest } = await find()
  if (uploadedAt || !key) return confirm()
  const arrival = await settleArrival(store, { key, sizeBytes, digest })
  if (arrival.is === 'missing' && (await find()).uploadedAt) return confirm()
  if (arrival.is !== 'settled') return refuse(store, { key, sizeBytes, digest }, arrival, drop)
  const confirmed = await confirm(arrival.key)
  await store.delete(key)
  return confirmed
}

/** The bytes are not those that were announced: neither they nor the reservation are kept. */
async function refuse(
  store: Needed['store'],
  announced: Announced,
  arrival: Exclude<Arrival, { is: 'settled' }>,
  drop: () => Promise<unknown>,
): Promise<never> {
  if (arrival.is === 'missing')
    conflict('upload.missing', 'No bytes have arrived yet. Send them to the signed address first.')
  await store.delete(announced.key)
  await drop()
  if (arrival.is === 'other_bytes')
    return invalid(
      'upload.digest_mismatch',
      'The bytes that arrived are not those whose digest was announced. Send them again.',
    )
  return invalid(
    'upload.size_mismatch',
    `${arrival.sizeBytes} bytes arrived, not the ${announced.sizeBytes} that were announced.`,
  )
}
