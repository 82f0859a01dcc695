import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** A backup that cannot be used; the message says what is wrong with it in words for the operator. */
export class BackupError extends Error {}

const magic = Buffer.from('SPARKLE-BACKUP-1\n')
const saltBytes = 32
const chunkBytes = 65_536
const tagBytes = 16

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * Encrypts a stream in chunks of AES-256-GCM by the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the
 * nonce counts the chunks and marks the last one, so that none can be changed, moved, left out or cut off. Each file has
 * a key of its own, derived from `key` and a random salt, so no nonce is ever used twice.
 */
export async function* seal(source: Bytes, key: Buffer): AsyncGenerator<Buffer> {
  const header = Buffer.concat([magic, randomBytes(saltBytes)])
  const fileKey = fileKeyOf(key, header)
  yield header
  let count = 0
  for await (const { chunk, last } of chunksOf(source, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(count, last)).setAAD(header)
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
    count += 1
  }
}

/** The other way round. Throws {@link BackupError} before it hands out a chunk that is not as it was written. */
export async function* unseal(source: Bytes, key: Buffer): AsyncGenerator<Buffer> {
  const { header, rest } = await splitHeader(source)
  const fileKey = fileKeyOf(key, header)
  let count = 0
  for await (const { chunk, last } of chunksOf(rest, chunkBytes + tagBytes)) {
    yield openChunk(chunk, fileKey, nonceOf(count, last), header)
    count += 1
  }
}

function openChunk(chunk: Buffer, fileKey: Buffer, nonce: Buffer, header: Buffer): Buffer {
  const wrong =
    'The backup was cut or changed, or the key is not the one it was made with: BACKUP_KEY, else INDEX_KEY, else that of secrets.json, which has to lie in the new DATA_DIR before anything else does.'
  if (chunk.length < tagBytes) throw new BackupError(wrong)
  const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce).setAAD(header).setAuthTag(chunk.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()])
  } catch (cause) {
    throw new BackupError(wrong, { cause })
  }
}

async function splitHeader(source: Bytes): Promise<{ header: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const size = magic.length + saltBytes
  const parts = asyncIterator(source)
  let head = Buffer.alloc(0)
  while (head.length < size) {
    const { value, done } = await parts.next()
    if (done) break
    head = Buffer.concat([head, value])
  }
  if (head.length < size || !head.subarray(0, magic.length).equals(magic))
    throw new BackupError('This file is no backup of SparkleClassic, or of a later release.')
  async function* rest() {
    yield head.subarray(size)
    for (let part = await parts.next(); !part.done; part = await parts.next()) yield part.value
  }
  return { header: head.subarray(0, size), rest: rest() }
}

async function* asyncIterator(source: Bytes): AsyncGenerator<Uint8Array> {
  yield* source
}

/** Pieces of one size, the last one shorter or equal and marked; an empty stream is one empty piece. */
async function* chunksOf(source: Bytes, size: number): AsyncGenerator<{ chunk: Buffer; last: boolean }> {
  let waiting: Uint8Array[] = []
  let length = 0
  for await (const part of source) {
    waiting.push(part)
    length += part.length
    if (length <= size) continue
    let joined = Buffer.concat(waiting)
    for (; joined.length > size; joined = joined.subarray(size)) yield { chunk: joined.subarray(0, size), last: false }
    waiting = [joined]
    length = joined.length
  }
  yield { chunk: Buffer.concat(waiting), last: true }
}

function fileKeyOf(key: Buffer, header: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, header.subarray(magic.length), 'sparkleclassic:backup-file', 32))
}

function nonceOf(count: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(count, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}
