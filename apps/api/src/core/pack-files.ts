import { readStored } from './read-stored.ts'
import { createZip } from './zip.ts'

/** A file as it lies in the store, and where it goes in an archive. */
export interface PackedFile {
  path: string
  storageKey: string
  sizeBytes: number
  digest: string
}

/** A file that is made for the archive. */
export interface PackedPage {
  path: string
  text: string
}

interface Source {
  get(key: string): Promise<Uint8Array | undefined>
}

interface Packing {
  /** They stand before the files. */
  pages?: readonly PackedPage[]
  /** A file that is not there any more: nobody takes the archive for whole, or the rest comes without it. */
  missing?: 'break' | 'skip'
}

const chunkBytes = 64 * 1024

/**
 * A zip of stored files as it is written: one file at a time is in memory, checked against its digest, and the next one
 * is read when the reader has taken this one. A file that was changed breaks the archive off.
 */
export async function* packFiles(
  store: Source,
  files: readonly Omit<PackedFile, 'sizeBytes'>[],
  { pages = [], missing = 'break' }: Packing = {},
): AsyncGenerator<Buffer> {
  const zip = createZip()
  function* member(path: string, bytes: Uint8Array): Generator<Buffer> {
    yield zip.begin({ path, bytes })
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = 0; at < whole.length; at += chunkBytes) yield whole.subarray(at, at + chunkBytes)
  }
  for (const { path, text } of pages) yield* member(path, Buffer.from(text, 'utf8'))
  for (const file of files) {
    const bytes = await readStored(store, file)
    if (bytes) yield* member(file.path, bytes)
    else if (missing === 'break') throw new Error(`${file.storageKey} is not in the object store.`)
  }
  yield zip.end()
}
