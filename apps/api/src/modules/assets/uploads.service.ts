import type { ResumableState, ResumableUpload, SignedUpload } from '@sparkle/shared/orders'
import type { ObjectStore } from '../../adapters/object-store.ts'
import { invalid } from '../../core/app-error.ts'
import { type Crypto, sha256 } from '../../core/crypto.ts'
import type { Deps } from '../../plugins/types.ts'

/** What makes the addresses of uploads, bound once in the routes. */
export interface UploadTools {
  store: ObjectStore
  crypto: Pick<Crypto, 'signToken'>
  publicOrigin: string
}

export function uploadTools({ store, crypto, config }: Pick<Deps, 'store' | 'crypto' | 'config'>): UploadTools {
  return { store, crypto, publicOrigin: config.publicOrigin }
}

/** An upload that is allowed: exactly `sizeBytes` under `key`. */
export interface Permit {
  key: string
  mimeType: string
  sizeBytes: number
}

const signedSeconds = 900
/** A bad network may need longer; half-sent files are swept after a day. */
const resumableSeconds = 6 * 3600

/**
 * The two ways to send a file: whole, straight into the store, or in pieces through the API, which go on where they
 * broke off. Nothing is reserved by this; the caller has a row that names the key.
 */
export async function signUpload(
  { store, crypto, publicOrigin }: UploadTools,
  permit: Permit,
): Promise<{ upload: SignedUpload; resumable: ResumableUpload; expiresAt: string }> {
  const { expiresAt, ...upload } = await store.signUpload({ ...permit, ttlSeconds: signedSeconds })
  const { key, mimeType, sizeBytes } = permit
  const until = new Date(Date.now() + resumableSeconds * 1000)
  const token = crypto.signToken('resumable', [key, mimeType, String(sizeBytes)], until)
  const resumable = { url: `${publicOrigin}/api/v1/_resumable/${token}`, chunkBytes: chunkBytesOf(sizeBytes) }
  return { upload, resumable, expiresAt }
}

/** What a token made by {@link signUpload} allows, or null where it is forged or has expired. */
export function readPermit(crypto: Pick<Crypto, 'readToken'>, token: string): Permit | null {
  const [key, mimeType, sizeBytes] = crypto.readToken('resumable', token) ?? []
  return key && mimeType && sizeBytes ? { key, mimeType, sizeBytes: Number(sizeBytes) } : null
}

export const maxChunkBytes = 1024 * 1024

/** At most 50 pieces up to 50 MiB, and small enough that a broken connection costs seconds. */
function chunkBytesOf(sizeBytes: number): number {
  return sizeBytes <= 10 * 1024 * 1024 ? 512 * 1024 : maxChunkBytes
}

/** A folder of its own for the pieces of each file; deeper than any key that is served. */
function partsFolder(key: string): string {
  const organizationId = key.slice(0, key.indexOf('/'))
  return `${organizationId}/parts/${sha256(key).slice(0, 32)}/`
}

/** The folder in which all of a studio's half-sent files lie. */
export const partsOf = (organizationId: string) => `${organizationId}/parts/`

const partKey = (permit: Permit, offset: number) => partsFolder(permit.key) + String(offset).padStart(10, '0')
const pieceAt = ({ sizeBytes }: Permit, offset: number) => Math.min(chunkBytesOf(sizeBytes), sizeBytes - offset)

/** How much of a file has arrived without a gap, counted from its beginning. Puts it together where it is complete. */
export async function stateOf(store: ObjectStore, permit: Permit): Promise<ResumableState> {
  const { key, sizeBytes } = permit
  const shape = { sizeBytes, chunkBytes: chunkBytesOf(sizeBytes) }
  if ((await store.head(key))?.sizeBytes === sizeBytes) return { ...shape, receivedBytes: sizeBytes }
  const parts = new Map((await store.list(partsFolder(key))).map((part) => [part.key, part.sizeBytes]))
  let receivedBytes = 0
  while (receivedBytes < sizeBytes && parts.get(partKey(permit, receivedBytes)) === pieceAt(permit, receivedBytes))
    receivedBytes += pieceAt(permit, receivedBytes)
  if (receivedBytes === sizeBytes) await assemble(store, permit)
  return { ...shape, receivedBytes }
}

/** Keeps one piece. Sending it again changes nothing. Throws 422 `upload.wrong_piece` for one that does not fit. */
export async function receivePiece(
  store: ObjectStore,
  permit: Permit,
  offset: number,
  bytes: Uint8Array,
): Promise<ResumableState> {
  const size = chunkBytesOf(permit.sizeBytes)
  if (offset % size !== 0 || offset >= permit.sizeBytes || bytes.length !== pieceAt(permit, offset))
    invalid(
      'upload.wrong_piece',
      `Pieces of this file have ${size} bytes, the last one what is left, and begin at multiples of that.`,
    )
  await store.put(partKey(permit, offset), bytes, 'application/octet-stream')
  return stateOf(store, permit)
}

let assembling: Promise<unknown> = Promise.resolve()

/** Makes one object of the pieces, one file at a time in a process: each is held in memory as a whole. */
function assemble(store: ObjectStore, permit: Permit): Promise<void> {
  const work = async () => {
    const whole = Buffer.alloc(permit.sizeBytes)
    const keys: string[] = []
    for (let at = 0; at < permit.sizeBytes; at += chunkBytesOf(permit.sizeBytes)) {
      const part = await store.get(partKey(permit, at), maxChunkBytes)
      // Somebody else has put it together meanwhile, and deleted the pieces.
      if (!part) return
      whole.set(part, at)
      keys.push(partKey(permit, at))
    }
    await store.put(permit.key, whole, permit.mimeType)
    for (const key of keys) await store.delete(key)
  }
  const done = assembling.then(work)
  // The next one waits for the end of this, however it ends; its fault goes to who asked for it.
  assembling = Promise.allSettled([done])
  return done
}

export interface Announced {
  key: string
  sizeBytes: number
  /** SHA-256 of the file, where the sender has said it. */
  digest: string | null
}

export type Arrival =
  { is: 'settled'; key: string } | { is: 'missing' } | { is: 'other_bytes' } | { is: 'other_size'; sizeBytes: number }

/**
 * Holds what lies in the store to what was announced (a signature promises a size, it proves none), and copies it to a
 * name of its content: whoever holds the signed request can write under `key` until it expires, but not there. The
 * caller deletes what lies under `key` when a row names the copy; what no row comes to name is swept.
 */
export async function settleArrival(store: ObjectStore, { key, sizeBytes, digest }: Announced): Promise<Arrival> {
  const arrived = await store.head(key)
  if (!arrived) return { is: 'missing' }
  if (arrived.sizeBytes !== sizeBytes) return { is: 'other_size', sizeBytes: arrived.sizeBytes }
  const bytes = await store.get(key, sizeBytes)
  if (!bytes) return { is: 'missing' }
  if (bytes.length !== sizeBytes) return { is: 'other_size', sizeBytes: bytes.length }
  const arrivedDigest = sha256(bytes)
  if (digest !== null && arrivedDigest !== digest) return { is: 'other_bytes' }
  const settledKey = `${key.replace('/uploads/', '/received/')}-${arrivedDigest.slice(0, 16)}`
  await store.put(settledKey, bytes, arrived.mimeType)
  return { is: 'settled', key: settledKey }
}

const staleMs = 24 * 3600 * 1000

/** Deletes the pieces of files nobody went on with for a day. */
export async function sweepParts(store: ObjectStore, organizationId: string, now = Date.now()): Promise<void> {
  for (const part of await store.list(partsOf(organizationId)))
    if (now - part.modifiedAt.getTime() > staleMs) await store.delete(part.key)
}

/**
 * Uploads of a day ago or more, signed for or settled. Most have a row that names them still; the others were sent
 * again after their upload was complete, or settled for something that then was refused.
 */
export async function listStaleUploads(
  store: ObjectStore,
  organizationId: string,
  now = Date.now(),
): Promise<string[]> {
  const found = [
    ...(await store.list(`${organizationId}/uploads/`)),
    ...(await store.list(`${organizationId}/received/`)),
  ]
  return found.filter(({ modifiedAt }) => now - modifiedAt.getTime() > staleMs).map(({ key }) => key)
}
