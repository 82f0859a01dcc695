import { LRUCache } from 'lru-cache'
import { AppError } from './app-error.ts'
import { sha256 } from './crypto.ts'

export interface StoredFile {
  storageKey: string
  digest: string
}

/** The part of the object store that is needed here. */
interface Source {
  get(key: string): Promise<Uint8Array | undefined>
}

/** A stored file, checked against the digest it was stored under; undefined where it is not there. */
export async function readStored(store: Source, { storageKey, digest }: StoredFile): Promise<Uint8Array | undefined> {
  const bytes = await store.get(storageKey)
  if (bytes && sha256(bytes) !== digest) throw new CorruptFileError(storageKey)
  return bytes
}

/** The store gave back other bytes than were put there. They are never passed on. */
export class CorruptFileError extends AppError {
  readonly storageKey: string

  constructor(storageKey: string) {
    super('internal', 'asset.corrupt', 'The stored file is not what was stored. Upload it again; we have been told.')
    this.storageKey = storageKey
  }
}

const cacheBytes = 64 * 1024 * 1024
/** Thumbnails and sprites are asked for again and again, originals seldom. */
const cachedFileBytes = 1024 * 1024

export type FileReader = (file: StoredFile) => Promise<Uint8Array | undefined>

/**
 * Reads stored files for serving. A file is checked whenever it comes from the store; small ones then stay in memory, so
 * that neither the store nor the digest costs every request. Keys name their content, so nothing kept grows old.
 */
export function createFileReader(store: Source): FileReader {
  const kept = new LRUCache<string, Uint8Array>({ maxSize: cacheBytes, sizeCalculation: (bytes) => bytes.length + 200 })
  return async (file) => {
    const known = kept.get(file.storageKey)
    if (known) return known
    const bytes = await readStored(store, file)
    if (bytes && bytes.length <= cachedFileBytes) kept.set(file.storageKey, bytes)
    return bytes
  }
}
