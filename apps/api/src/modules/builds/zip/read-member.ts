import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ZipFile } from 'yauzl'
import { assertKindOfBytes, kindHeadBytes } from './file-kinds.ts'
import { refuseZip, shownName } from './zip-refusals.ts'
import type { ZipMember } from './zip-directory.ts'

export interface MemberFacts {
  sizeBytes: number
  /** SHA-256 of what was unpacked. */
  digest: string
}

/**
 * Unpacks a file piece by piece into `take` and holds it to what the directory says of it: the size is counted, not
 * believed, and unpacking ends with the first byte too many. Throws 422 `build.zip_*`.
 */
export async function readMember(zip: ZipFile, member: ZipMember, take: (piece: Buffer) => void): Promise<MemberFacts> {
  const { entry, path } = member
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let [sizeBytes, sum] = [0, 0]
  for await (const piece of pieces(zip, member)) {
    if (sizeBytes < kindHeadBytes) head.push(piece.subarray(0, kindHeadBytes - sizeBytes))
    sizeBytes += piece.length
    if (sizeBytes > entry.uncompressedSize)
      refuseZip(
        'bomb',
        `${shownName(path)} unpacks to more than the ${entry.uncompressedSize} bytes it claims to have.`,
      )
    sum = crc32(piece, sum)
    hash.update(piece)
    take(piece)
  }
  if (sizeBytes !== entry.uncompressedSize || sum !== entry.crc32) damaged(path)
  assertKindOfBytes(path, Buffer.concat(head))
  return { sizeBytes, digest: hash.digest('hex') }
}

async function* pieces(zip: ZipFile, { entry, path }: ZipMember): AsyncGenerator<Buffer> {
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) yield piece as Buffer
  } catch (error) {
    // zlib's and the reader's errors are all about bytes that are not what a zip has; a disk's say so by their code.
    if (/^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
    damaged(path)
  }
}

function damaged(path: string): never {
  return refuseZip('damaged', `${shownName(path)} is damaged: it does not unpack to what the archive says.`)
}
