import type { FastifyRequest } from 'fastify'
import sharp from 'sharp'
import type { VirusScanner } from '../../adapters/virus-scan.ts'
import { AppError } from '../../core/app-error.ts'
import { refuseInfected } from '../../core/scan-upload.ts'
import { readFileForm } from './file-form.service.ts'
import { makePhotoFiles } from './make-photo-files.ts'
import { sniff } from './sniff.ts'

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
  return (await readFileForm(request, 'picture', maxBytes)).bytes
}
