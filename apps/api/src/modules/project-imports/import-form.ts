import type { FastifyRequest } from 'fastify'
import { maxImportBytes } from '@sparkle/shared/project-imports'
import { beginning } from '@sparkle/shared/text'
import { AppError, invalid } from '../../core/app-error.ts'
import { partBytes } from '../../core/part-bytes.ts'

export interface ImportFile {
  filename: string
  bytes: Buffer
}

/** The file of the form. Throws 413, 415 or 422; never more than 5 MiB are held. */
export async function readImportForm(request: FastifyRequest): Promise<ImportFile> {
  if (!request.isMultipart())
    throw new AppError('unsupported_type', 'import.not_multipart', 'Send multipart/form-data with the field file.')
  try {
    const part = await request.file({ limits: { fileSize: maxImportBytes, files: 1, fields: 2 } })
    if (!part) return invalid('import.no_file', 'The form has no file.', 'body.file')
    return {
      filename: beginning(part.filename.replaceAll('\0', '') || 'projects.csv', 200),
      bytes: await partBytes(part, tooLarge),
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    if ((error as { statusCode?: number }).statusCode !== undefined) throw error
    throw new AppError('malformed', 'request.broken_form', 'The form ends too early or its boundary is missing.')
  } finally {
    // What is left of the form has to be read: the connection's next request waits behind it.
    request.raw.unpipe()
    request.raw.resume()
  }
}

function tooLarge(): AppError {
  return new AppError('too_large', 'import.too_large', 'A CSV file may have 5 MiB. Split it.')
}
