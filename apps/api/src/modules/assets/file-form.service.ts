import type { FastifyRequest } from 'fastify'
import { filename } from '@sparkle/shared/text'
import { AppError, invalid } from '../../core/app-error.ts'
import { partBytes } from '../../core/part-bytes.ts'
import { brokenForm, hasOtherParts, isFault } from './upload-form.ts'

export interface FormFile {
  filename: string
  bytes: Buffer
}

/**
 * The one file of a form, in the field `file`. `what` begins the codes of what it throws: 415 `<what>.not_multipart`, 413
 * `<what>.too_large`, 422 `<what>.no_file`; a form that cannot be read is 400.
 */
export async function readFileForm(request: FastifyRequest, what: string, maxBytes: number): Promise<FormFile> {
  if (!request.isMultipart())
    throw new AppError('unsupported_type', `${what}.not_multipart`, 'Send multipart/form-data with the file as `file`.')
  const tooLarge = () => new AppError('too_large', `${what}.too_large`, `The file has at most ${maxBytes} bytes.`)
  try {
    for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 1, fields: 0 } }))
      if (part.type === 'file' && part.fieldname === 'file') {
        const named = filename.safeParse(part.filename)
        return { filename: named.success ? named.data : what, bytes: await partBytes(part, tooLarge) }
      }
    return invalid(`${what}.no_file`, 'The form has no file `file`.', 'body.file')
  } catch (error) {
    if (hasOtherParts(error))
      invalid(`${what}.no_file`, 'Send one file in the field `file`, with a file name, and nothing else.', 'body.file')
    throw isFault(error) ? error : brokenForm()
  } finally {
    // What is left of the form has to be read: the connection's next request waits behind it.
    request.raw.unpipe()
    request.raw.resume()
  }
}
