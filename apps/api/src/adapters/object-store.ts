/** Where files are kept. Keys are `{organizationId}/...`; a key that ends in a digest is never written twice. */
export interface ObjectStore {
  readonly kind: 'local' | 's3'
  put(key: string, bytes: Uint8Array, mimeType: string): Promise<void>
  /** The bytes, or undefined where there is no such object. `maxBytes` guards memory: more throws. */
  get(key: string, maxBytes?: number): Promise<Uint8Array | undefined>
  head(key: string): Promise<{ sizeBytes: number; mimeType: string } | undefined>
  delete(key: string): Promise<void>
  /**
   * The objects whose keys begin with `prefix`, a folder with its `/` or nothing for all, and come after `after`, in the
   * order of their keys; 1,000 at most.
   */
  list(prefix: string, after?: string): Promise<StoredObject[]>
  /** A request that puts exactly `sizeBytes` of `mimeType` under `key` until it expires; anything else is refused. */
  signUpload(upload: UploadRequest): Promise<SignedRequest>
  /** Writes, reads and deletes a probe; throws when the store is not usable. */
  probe(): Promise<void>
}

export interface StoredObject {
  key: string
  sizeBytes: number
  modifiedAt: Date
}

export interface UploadRequest {
  key: string
  mimeType: string
  sizeBytes: number
  ttlSeconds: number
}

export interface SignedRequest {
  method: 'PUT'
  url: string
  headers: Record<string, string>
  expiresAt: string
}

const keyPattern = /^[0-9a-f-]{36}\/[A-Za-z0-9._/-]{1,300}$/

export const maxListed = 1000

/** Refuses what is no folder of a studio, nor all of them. */
export function assertPrefix(prefix: string): void {
  if (prefix === '') return
  if (!prefix.endsWith('/')) throw new Error('A prefix names a folder and ends with a slash.')
  assertKey(`${prefix}x`)
}

/** Refuses a key that could leave its studio's folder. Keys are made by us, so a bad one is a fault, not bad input. */
export function assertKey(key: string): void {
  if (!keyPattern.test(key) || key.includes('..') || key.includes('//')) throw new Error('An object key is malformed.')
}
