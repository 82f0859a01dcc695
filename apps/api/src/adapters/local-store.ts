import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Readable } from 'node:stream'
import type { Crypto } from '../core/crypto.ts'
import { assertKey, assertPrefix, maxListed, type ObjectStore, type StoredObject } from './object-store.ts'

/** The store as files on this machine's disk, which also takes the uploads it signed. */
export interface LocalStore extends ObjectStore {
  readonly kind: 'local'
  /** What a token made by `signUpload` allows, or null where it is forged or expired. */
  readUploadToken(token: string): UploadPermit | null
  /** Streams a body to its place. Throws {@link WrongSizeError} and keeps nothing unless it has exactly the size signed. */
  receive(permit: UploadPermit, body: Readable): Promise<void>
}

export interface UploadPermit {
  key: string
  mimeType: string
  sizeBytes: number
}

/** A body is longer or shorter than the upload that was signed. */
export class WrongSizeError extends Error {
  readonly tooLarge: boolean

  constructor(tooLarge: boolean) {
    super(`The body is ${tooLarge ? 'longer' : 'shorter'} than the upload that was signed.`)
    this.tooLarge = tooLarge
  }
}

export interface LocalStoreOptions {
  /** A folder of its own; made when missing. */
  root: string
  crypto: Pick<Crypto, 'signToken' | 'readToken'>
  publicOrigin: string
}

const staleAfterMs = 24 * 3600 * 1000

/**
 * Bytes lie in `objects/`, their types in `types/`, and what is still being written in `incoming/`: a file appears
 * under its key by a rename, whole or not at all, also when the process is killed.
 */
export function createLocalStore({ root, crypto, publicOrigin }: LocalStoreOptions): LocalStore {
  const pathOf = (folder: 'objects' | 'types', key: string) => {
    assertKey(key)
    return join(root, folder, key)
  }

  async function makeIncoming(): Promise<string> {
    const folder = join(root, 'incoming')
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return join(folder, randomUUID())
  }

  /** Gives `path` what `write` writes, if it succeeds; nothing is left behind if it does not. */
  async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
    const temporary = await makeIncoming()
    try {
      const file = await open(temporary, 'wx')
      try {
        await write(file)
        await file.datasync()
      } finally {
        await file.close()
      }
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(temporary, path)
    } finally {
      await rm(temporary, { force: true })
    }
  }

  /** The type lies in place before the file appears, and only if the file was written whole. */
  function writeObject(key: string, mimeType: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
    const typePath = pathOf('types', key)
    return writeWhole(pathOf('objects', key), async (file) => {
      await write(file)
      await writeWhole(typePath, (typeFile) => typeFile.writeFile(mimeType))
    })
  }

  async function put(key: string, bytes: Uint8Array, mimeType: string): Promise<void> {
    await writeObject(key, mimeType, (file) => file.writeFile(bytes))
  }

  async function get(key: string, maxBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    const path = pathOf('objects', key)
    return ifThere(async () => {
      const { size } = await stat(path)
      if (size > maxBytes) throw new Error(`An object of ${size} bytes is larger than the ${maxBytes} expected.`)
      return readFile(path)
    })
  }

  function head(key: string): Promise<{ sizeBytes: number; mimeType: string } | undefined> {
    return ifThere(async () => {
      const [file, mimeType] = await Promise.all([stat(pathOf('objects', key)), readFile(pathOf('types', key), 'utf8')])
      return { sizeBytes: file.size, mimeType }
    })
  }

  async function remove(key: string): Promise<void> {
    await rm(pathOf('objects', key), { force: true })
    await rm(pathOf('types', key), { force: true })
  }

  async function list(prefix: string, after = ''): Promise<StoredObject[]> {
    assertPrefix(prefix)
    const folder = join(root, 'objects', prefix)
    const entries = (await ifThere(() => readdir(folder, { recursive: true, withFileTypes: true }))) ?? []
    const keys = entries
      .filter((entry) => entry.isFile())
      .map((entry) => prefix + relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter((key) => key > after)
      .sort()
      .slice(0, maxListed)
    const found = await Promise.all(
      keys.map(async (key) => {
        const file = await ifThere(() => stat(pathOf('objects', key)))
        return file ? [{ key, sizeBytes: file.size, modifiedAt: file.mtime }] : []
      }),
    )
    return found.flat()
  }

  async function receive(permit: UploadPermit, body: Readable): Promise<void> {
    await writeObject(permit.key, permit.mimeType, (file) => writeExactly(file, body, permit.sizeBytes))
  }

  /** Files of processes that were killed while they wrote. */
  async function sweepIncoming(): Promise<void> {
    const folder = join(root, 'incoming')
    const names = (await ifThere(() => readdir(folder))) ?? []
    for (const name of names) {
      const file = await ifThere(() => stat(join(folder, name)))
      if (file && Date.now() - file.mtimeMs > staleAfterMs) await rm(join(folder, name), { force: true })
    }
  }

  return {
    kind: 'local',
    put,
    get,
    head,
    delete: remove,
    list,
    receive,
    readUploadToken(token) {
      const [key, mimeType, sizeBytes] = crypto.readToken('upload', token) ?? []
      return key && mimeType && sizeBytes ? { key, mimeType, sizeBytes: Number(sizeBytes) } : null
    },
    async signUpload({ key, mimeType, sizeBytes, ttlSeconds }) {
      assertKey(key)
      const expiresAt = new Date(Date.now() + ttlSeconds * 1000)
      const token = crypto.signToken('upload', [key, mimeType, String(sizeBytes)], expiresAt)
      return {
        method: 'PUT',
        url: `${publicOrigin}/api/v1/_uploads/${token}`,
        headers: { 'content-type': mimeType },
        expiresAt: expiresAt.toISOString(),
      }
    },
    async probe() {
      await sweepIncoming()
      const path = join(root, `probe-${randomUUID()}`)
      try {
        await writeWhole(path, (file) => file.writeFile('probe'))
        if ((await readFile(path, 'utf8')) !== 'probe')
          throw new Error('The local store does not keep what is written.')
      } finally {
        await rm(path, { force: true })
      }
    },
  }
}

/** Whether uploads come to this process instead of going to a storage server. */
export function isLocalStore(store: ObjectStore): store is LocalStore {
  return store.kind === 'local'
}

async function ifThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Stops at the first byte too many, and leaves the body open: a request that is destroyed could not be answered. */
async function writeExactly(file: FileHandle, body: Readable, sizeBytes: number): Promise<void> {
  let seen = 0
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    seen += chunk.length
    if (seen > sizeBytes) throw new WrongSizeError(true)
    await file.writeFile(chunk)
  }
  if (seen < sizeBytes) throw new WrongSizeError(false)
}
