import type { RejectionReason } from '@sparkle/shared/assets'
import { nameFor, trueName } from './asset-files.ts'
import { encodeWhole, openPhoto } from './make-photo-files.ts'
import { sniff, sniffText } from './sniff.ts'

/** What bytes are: a picture we take, a drawing or page that is none, or something else. */
export function kindOf(bytes: Buffer): 'picture' | 'vector_image' | 'web_page' | 'other' {
  return sniff(bytes) ? 'picture' : (sniffText(bytes) ?? 'other')
}

export interface CleanPicture {
  bytes: Buffer
  mimeType: string
  filename: string
}

/**
 * A picture checked like any photo and made anew from its pixels: upright, without metadata and location, in its own
 * format (HEIC becomes JPEG) and under a name that says which.
 */
export async function cleanPicture(
  bytes: Buffer,
  filename: string,
): Promise<CleanPicture | { rejected: RejectionReason }> {
  const mimeType = sniff(bytes)
  if (!mimeType) return { rejected: 'unknown_type' }
  // The bytes alone say what it is, so its name cannot contradict them.
  const opened = await openPhoto(bytes, { mimeType, filename: 'picture' })
  if ('rejected' in opened) return opened
  const whole = await encodeWhole(opened)
  return {
    bytes: whole.bytes,
    mimeType: whole.mimeType,
    filename: trueName(nameFor(filename, whole.mimeType), whole.mimeType),
  }
}
