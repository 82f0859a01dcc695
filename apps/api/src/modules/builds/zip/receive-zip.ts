import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { beginning, filename } from '@sparkle/shared/text'
import { AppError, invalid } from '../../../core/app-error.ts'
import { zipLimits } from './zip-directory.ts'

export interface ReceivedZip {
  filename: string
  /** Where the bytes lie until the caller is done. */
  path: string
  /** SHA-256 of the archive. */
  digest: string
}

/**
 * Takes the form's file onto disk, where an archive can be read from its end, as zips have to be; memory holds a few
 * pieces of it. `work` is handed the file, which is gone afterwards. Throws 413, 415 or 422 as for other uploads.
 */
export async function receiveZip<T>(request: FastifyRequest, work: (zip: ReceivedZip) => Promise<T>): Promise<T> {
  if (!request.isMultipart())
    throw new AppError('unsupported_type', 'build.not_multipart', 'Send multipart/form-data with the zip as `file`.')
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-zip-'))
  try {
    return await work(await readForm(request, join(folder, 'game.zip')))
  } finally {
    await rm(folder, { recursive: true, force: true })
    // What is left of a refused form has to be read: the connection's next request waits behind it.
    request.raw.unpipe()
    request.raw.resume()
  }
}

async function readForm(request: FastifyRequest, path: string): Promise<ReceivedZip> {
  const limits = { fileSize: zipLimits.zipBytes, files: 1, fields: 4, fieldSize: 100 }
  const part = await request.file({ limits }).catch(brokenForm)
  if (part?.fieldname !== 'file') invalid('build.no_file', 'The form has no file in the field `file`.', 'body.file')
  // It only tells people which file it was: one that is too long for us is cut and no reason to refuse a game.
  const name = filename.safeParse(beginning(part.filename, 255))
  if (!name.success) invalid('build.no_file', 'The file has no usable name.', 'body.file')
  const digest = await writeTo(path, part)
  return { filename: name.data, path, digest }
}

async function writeTo(path: string, part: MultipartFile): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(
    part.file,
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece)
        yield piece
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  ).catch(brokenForm)
  if (part.file.truncated) throw tooLarge()
  return hash.digest('hex')
}

export function tooLarge(): AppError {
  return new AppError('too_large', 'build.zip_too_large', `A zip has at most ${zipLimits.zipBytes} bytes (50 MiB).`)
}

/** The parser throws bare errors at what it cannot read; a disk's and our own say what they are. */
function brokenForm(error: Error & { statusCode?: number; code?: string }): never {
  if (error instanceof AppError || /^E[A-Z]+$/.test(error.code ?? '')) throw error
  if (error.code === 'FST_REQ_FILE_TOO_LARGE') throw tooLarge()
  if (error.statusCode !== undefined) throw error
  throw new AppError('malformed', 'request.broken_form', 'The form ends too early or its boundary is missing.')
}
