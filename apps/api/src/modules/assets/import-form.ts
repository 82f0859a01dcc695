import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { maxFileBytes } from '@sparkle/shared/orders'
import { filename } from '@sparkle/shared/text'
import { AppError, invalid } from '../../core/app-error.ts'
import { partBytes } from '../../core/part-bytes.ts'
import { tooLarge } from './assets.rules.ts'
import { brokenForm, hasOtherParts, isFault } from './upload-form.ts'

/** For the reference; the parts themselves are read by {@link readImportForm}. */
export const importForm = z
  .object({
    sheet: z.string().meta({ format: 'binary', description: 'The sheet, PNG.' }),
    data: z.string().meta({ format: 'binary', description: 'The JSON that was exported with it, at most 1 MiB.' }),
  })
  .meta({ id: 'SpriteImportForm' })

export interface ImportForm {
  filename: string
  sheet: Buffer
  json: Buffer
}

const maxJsonBytes = 1024 * 1024

/** Reads the files `sheet` and `data`, in either order. Throws 413, 415 or 422. */
export async function readImportForm(request: FastifyRequest): Promise<ImportForm> {
  if (!request.isMultipart())
    throw new AppError('unsupported_type', 'asset.not_multipart', 'Send multipart/form-data with sheet and data.')
  try {
    return await readParts(request)
  } catch (error) {
    if (hasOtherParts(error)) otherPart()
    throw isFault(error) ? error : brokenForm()
  } finally {
    // What is left of the form has to be read: the connection's next request waits behind it.
    request.raw.unpipe()
    request.raw.resume()
  }
}

async function readParts(request: FastifyRequest): Promise<ImportForm> {
  const found: Partial<Record<'sheet' | 'data', { bytes: Buffer; filename: string }>> = {}
  for await (const part of request.parts({ limits: { fileSize: maxFileBytes, files: 2, fields: 0 } })) {
    if (part.type !== 'file' || (part.fieldname !== 'sheet' && part.fieldname !== 'data')) otherPart()
    found[part.fieldname] = { bytes: await partBytes(part, tooLarge), filename: part.filename }
  }
  const { sheet, data } = found
  if (!sheet) invalid('sprite.no_sheet', 'The form has no file sheet.', 'body.sheet')
  if (!data) invalid('sprite.no_data', 'The form has no file data.', 'body.data')
  if (data.bytes.length > maxJsonBytes)
    throw new AppError('too_large', 'sprite.data_too_large', 'The data has at most 1 MiB.')
  const named = filename.safeParse(sheet.filename)
  return { filename: named.success ? named.data : 'sprite.png', sheet: sheet.bytes, json: data.bytes }
}

function otherPart(): never {
  invalid('sprite.unknown_part', 'The form has two files, sheet and data, with file names, and nothing else.', 'body')
}
