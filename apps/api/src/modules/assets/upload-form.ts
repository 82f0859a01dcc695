import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { assetTypes } from '@sparkle/shared/assets'
import { maxFileBytes } from '@sparkle/shared/orders'
import { filename } from '@sparkle/shared/text'
import { AppError, invalid } from '../../core/app-error.ts'
import { partBytes } from '../../core/part-bytes.ts'
import { tooLarge } from './assets.rules.ts'

/** For the reference: what the two parts of the form are. The parts themselves are read by {@link readUploadForm}. */
export const uploadForm = z
  .object({ assetType: z.enum(assetTypes), file: z.string().meta({ format: 'binary' }) })
  .meta({ id: 'UploadForm', description: 'The field `assetType` comes before the file.' })

const fields = z.object({ assetType: z.enum(assetTypes), filename })

export type UploadedForm = z.infer<typeof fields> & { mimeType: string; bytes: Buffer }

/** Room for the form around the file: boundaries, headers, the other field. */
const formBytes = 16_384

/** Reads the fields `assetType` and `file`. Throws 413, 415 or 422; no more than one file's bytes are ever held. */
export async function readUploadForm(request: FastifyRequest): Promise<UploadedForm> {
  if (!request.isMultipart())
    throw new AppError('unsupported_type', 'asset.not_multipart', 'Send multipart/form-data with assetType and file.')
  if (Number(request.headers['content-length'] ?? 0) > maxFileBytes + formBytes) throw tooLarge()
  try {
    return await readParts(request)
  } catch (error) {
    if (hasOtherParts(error))
      invalid('asset.no_file', 'The form has assetType, then one file with a file name, and nothing else.', 'body.file')
    throw isFault(error) ? error : brokenForm()
  } finally {
    // What is left of the form has to be read: the connection's next request waits behind it.
    request.raw.unpipe()
    request.raw.resume()
  }
}

async function readParts(request: FastifyRequest): Promise<UploadedForm> {
  const limits = { fileSize: maxFileBytes, files: 1, fields: 4, fieldSize: 100 }
  let assetType: unknown
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field' && part.fieldname === 'assetType') assetType = part.value
    if (part.type === 'file')
      return { ...readFields(assetType, part), mimeType: part.mimetype, bytes: await partBytes(part, tooLarge) }
  }
  return invalid('asset.no_file', 'The form has no file, or one without a file name.', 'body.file')
}

/** The parser of forms throws bare errors at what it cannot read; everything else says what it is. */
export function isFault(error: unknown): boolean {
  return error instanceof AppError || (error as { statusCode?: number }).statusCode !== undefined
}

/** The parser has met more parts than it may take; a file without a file name counts as a field. */
export function hasOtherParts(error: unknown): boolean {
  return /^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test((error as { code?: string }).code ?? '')
}

export function brokenForm(): AppError {
  return new AppError(
    'malformed',
    'request.broken_form',
    'The form ends too early or its boundary is missing. Let your client write the multipart body and its header.',
  )
}

type FilePart = Extract<Multipart, { type: 'file' }>

function readFields(assetType: unknown, part: FilePart) {
  if (part.fieldname !== 'file') invalid('asset.no_file', 'The file belongs into the field `file`.', 'body.file')
  const parsed = fields.safeParse({ assetType, filename: part.filename })
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: `body.${path.join('.')}`, message }))
  throw new AppError(
    'invalid',
    'request.invalid',
    'Some fields cannot be accepted; see errors. assetType comes before the file.',
    { errors },
  )
}
