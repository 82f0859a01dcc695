import type { MultipartFile } from '@fastify/multipart'
import type { AppError } from './app-error.ts'

/**
 * The bytes of a form's file; throws what `tooLarge` makes where it is longer than its limit. The part's own `toBuffer`
 * asks that with each piece it is given: a file whose limit falls on the end of a piece gets no further one, and would be
 * taken cut off.
 */
export async function partBytes(part: MultipartFile, tooLarge: () => AppError): Promise<Buffer> {
  try {
    const bytes = await part.toBuffer()
    if (!part.file.truncated) return bytes
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_REQ_FILE_TOO_LARGE') throw error
  }
  throw tooLarge()
}
