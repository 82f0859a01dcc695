import type { FastifyRequest } from 'fastify'
import sharp from 'sharp'
import type { VirusScanner } from '../../adapters/virus-scan.ts'
import { AppError, invalid } from '../../core/app-error.ts'
import { refuseInfected } from '../../core/scan-upload.ts'
import { makePhotoFiles } from './make-photo-files.ts'
import { sniff } from './sniff.ts'
import { brokenForm, isFault } from './upload-form.ts'

const smallEdge = 320

/**
 * A small picture that is shown at once (a logo), checked like any photo by its bytes and made anew from its pixels:
 * PNG, upright, at most 320 pixels, nothing but the pixels left. Throws 422 `picture.refused`, or what the scanner says.
 */
export async function makeSmallPicture(
  scanner: VirusScanner,
  bytes: Buffer,
  types: readonly string[],
): Promise<Uint8Array> {
  const mimeType = sniff(bytes)
  if (!mimeType || !types.includes(mimeType)) throw refused('Its bytes are of another kind. Send a PNG, JPEG or WebP.')
  refuseInfected(await scanner.scan(bytes))
  const made = await makePhotoFiles(bytes, { mimeType, filename: 'picture' })
  if ('rejected' in made) throw refused('It cannot be read as a picture. Export it anew and send that.')
  const work = made.files.find(({ variant }) => variant === 'work')
  if (!work) throw new Error('A photo was made without its work picture.')
  const small = sharp(work.bytes).resize({
    width: smallEdge,
    height: smallEdge,
    fit: 'inside',
    withoutEnlargement: true,
  })
  return small.png({ compressionLevel: 9 }).toBuffer()
}

function refused(detail: string): AppError {
  return new AppError('invalid', 'picture.refused', detail)
}

/** The one file of a form, in the field `file`. Throws 400, 413, 415 or 422. */
export async function readPictureForm(request: FastifyRequest, maxBytes: number): Promise<Buffer> {
  if (!request.isMultipart())
    throw new AppError(
      'unsupported_type',
      'picture.not_multipart',
      'Send multipart/form-data with the picture as `file`.',
    )
  try {
    for await (const part of request.parts({ limits: { fileSize: maxBytes, files: 1, fields: 0 } }))
      if (part.type === 'file' && part.fieldname === 'file') return await part.toBuffer()
    return invalid('picture.no_file', 'The form has no file `file`.', 'body.file')
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw new AppError('too_large', 'picture.too_large', `The picture has at most ${maxBytes} bytes.`)
    throw isFault(error) ? error : brokenForm()
  } finally {
    // What is left of the form has to be read: the connection's next request waits behind it.
    request.raw.unpipe()
    request.raw.resume()
  }
}
