import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError, notFound } from './app-error.ts'
import { namesTag, readRange } from './http-conditions.ts'
import { CorruptFileError } from './read-stored.ts'

export interface ServedFile {
  mimeType: string
  digest: string
  load(): Promise<Uint8Array | undefined>
}

export interface Serving {
  cacheControl: string
  /** Makes it a download under this name. */
  downloadAs?: string
  /** Puts it on record, once the bytes have been read and before the first is sent. Not asked where none is sent. */
  record?: () => Promise<void>
}

/** Answers a stored file with 200, 206, 304 or 416 (RFC 9110, 13 to 15); bytes are loaded only where they are sent. */
export async function serveFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: ServedFile,
  serving: Serving,
): Promise<FastifyReply> {
  const etag = `"${file.digest.slice(0, 32)}"`
  reply.headers({
    etag,
    'cache-control': serving.cacheControl,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  const known = request.headers['if-none-match']
  if (known !== undefined && namesTag(known, etag)) return reply.code(304).send()

  const bytes = (await readIntact(request, () => file.load())) ?? notFound('asset_variant')
  const range = wantedRange(request, etag, bytes.length)
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${bytes.length}`)
    throw new AppError('range', 'asset.range', `The file has ${bytes.length} bytes; the range lies outside of them.`)
  }
  await serving.record?.()
  reply.type(file.mimeType)
  if (serving.downloadAs !== undefined) reply.header('content-disposition', attachment(serving.downloadAs))
  if (!range) return reply.send(asBuffer(bytes))
  reply.code(206).header('content-range', `bytes ${range.first}-${range.last}/${bytes.length}`)
  return reply.send(asBuffer(bytes).subarray(range.first, range.last + 1))
}

/** A file that is not what was stored is no expected answer: it goes to the log, where operators look. */
export async function readIntact<T>(request: FastifyRequest, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof CorruptFileError)
      request.log.error({ err: error, storageKey: error.storageKey }, 'a stored file does not match its digest')
    throw error
  }
}

function wantedRange(request: FastifyRequest, etag: string, size: number) {
  const { range, 'if-range': condition } = request.headers
  if (request.method !== 'GET' || range === undefined || (condition !== undefined && condition !== etag))
    return undefined
  return readRange(range, size)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** RFC 6266: a plain name for old readers and the real one in UTF-8. */
export function attachment(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%;]/g, '_')
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
