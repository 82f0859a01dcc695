import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Encoding } from './encoding.ts'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** One encoding of a representation, with everything that can be made ready before it is asked for. */
export interface Variant {
  etag: string
  body: Buffer
  /** Header names and values in turn, as `writeHead` takes them fastest. */
  fullHead: readonly string[]
  unchangedHead: readonly string[]
}

/** A document ready to be sent: status, headers, ETag and encodings. */
export interface Representation {
  status: number
  variants: Partial<Record<Encoding, Variant>> & { identity: Variant }
  /** Headers that do not depend on the encoding, in turn. */
  commonHead: readonly string[]
  /** About what it takes in memory. */
  weightBytes: number
}

export interface Source {
  status?: number
  body: Uint8Array | string
  mimeType: string
  cacheControl: string
  /** Further headers, by lower-case name. */
  headers?: Readonly<Record<string, string>>
}

const compressible = /^(text\/|application\/(json|manifest\+json|javascript|xml|wasm)|image\/svg\+xml)/
/** Quality 11 of a larger file would hold a thread for seconds and gain a few per cent over 9. */
const bestQualityUpToBytes = 2 * 1024 * 1024

/**
 * Makes a representation: compresses once, at the best quality, and keeps what became smaller. The strong ETag covers
 * body and headers, so that a new policy for the same body is not mistaken for the old one.
 */
export async function represent(source: Source): Promise<Representation> {
  const body = typeof source.body === 'string' ? Buffer.from(source.body) : Buffer.from(source.body)
  const isCompressible = compressible.test(source.mimeType)
  const commonHead = headOf(source, isCompressible)
  const tag = createHash('sha256').update(JSON.stringify(commonHead)).update(body).digest('base64url').slice(0, 24)
  const variant = (bytes: Buffer, encoding: Encoding) => makeVariant(bytes, encoding, tag, source, commonHead)

  const variants: Representation['variants'] = { identity: variant(body, 'identity') }
  if (isCompressible) {
    const [br, gz] = await Promise.all([compressBrotli(body), zip(body, { level: 9 })])
    if (br.length < body.length) variants.br = variant(br, 'br')
    if (gz.length < body.length) variants.gzip = variant(gz, 'gzip')
  }
  const weightBytes = Object.values(variants).reduce((sum, { body: bytes }) => sum + bytes.length + 2048, 0)
  return { status: source.status ?? 200, variants, commonHead, weightBytes }
}

function compressBrotli(body: Buffer): Promise<Buffer> {
  const quality = body.length <= bestQualityUpToBytes ? 11 : 9
  return brotli(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  })
}

function headOf({ mimeType, cacheControl, headers = {} }: Source, varies: boolean): string[] {
  return [
    'content-type',
    mimeType,
    'cache-control',
    cacheControl,
    ...(varies ? ['vary', 'accept-encoding'] : []),
    'x-content-type-options',
    'nosniff',
    ...Object.entries(headers).flat(),
  ]
}

function targetedCaching({ headers }: Source): string[] {
  const value = headers?.['cdn-cache-control']
  return value === undefined ? [] : ['cdn-cache-control', value]
}

function makeVariant(body: Buffer, encoding: Encoding, tag: string, source: Source, commonHead: string[]): Variant {
  const etag = encoding === 'identity' ? `"${tag}"` : `"${tag}-${encoding}"`
  const encoded = encoding === 'identity' ? [] : ['content-encoding', encoding]
  return {
    etag,
    body,
    fullHead: [
      'content-length',
      String(body.length),
      'etag',
      etag,
      ...encoded,
      'accept-ranges',
      'bytes',
      ...commonHead,
    ],
    // RFC 9110, 15.4.5: what a cache needs to renew its copy, and no more.
    unchangedHead: [
      'etag',
      etag,
      'cache-control',
      source.cacheControl,
      ...targetedCaching(source),
      ...(commonHead.includes('vary') ? ['vary', 'accept-encoding'] : []),
    ],
  }
}
