import type { ObjectStore } from '../../adapters/object-store.ts'
import { readStored } from '../../core/read-stored.ts'
import { createZip } from '../../core/zip.ts'
import type { PackedFile } from './downloads.service.ts'

const chunkBytes = 64 * 1024

/**
 * A zip of stored files as it is written: one file at a time is in memory, checked against its digest, and the next one
 * is read when the reader has taken this one. A file that is missing or changed breaks the archive off, so that nobody
 * takes it for whole.
 */
export async function* packFiles(
  store: Pick<ObjectStore, 'get'>,
  files: readonly PackedFile[],
): AsyncGenerator<Buffer> {
  const zip = createZip()
  for (const file of files) {
    const bytes = await readStored(store, file)
    if (!bytes) throw new Error(`${file.storageKey} is not in the object store.`)
    yield zip.begin({ path: file.path, bytes })
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = 0; at < whole.length; at += chunkBytes) yield whole.subarray(at, at + chunkBytes)
  }
  yield zip.end()
}
