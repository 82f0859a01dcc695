import type { VirusScanner } from '../../adapters/virus-scan.ts'
import { AppError } from '../../core/app-error.ts'
import { refuseInfected } from '../../core/scan-upload.ts'
import { cleanPicture, kindOf } from '../assets/clean-picture.service.ts'
import type { FormFile } from '../assets/file-form.service.ts'

/** What is kept of an upload. */
export interface CheckedFile {
  bytes: Buffer
  mimeType: string
  filename: string
}

/**
 * Looks at the bytes of what somebody wants to attach: a picture (made anew without its metadata), a PDF or plain text,
 * and never an archive, also none behind a PDF. Throws 422 `attachment.refused`, or what the scanner says.
 */
export async function checkAttachment(scanner: VirusScanner, file: FormFile): Promise<CheckedFile> {
  const kind = kindOf(file.bytes)
  if (kind === 'vector_image' || kind === 'web_page') throw refused('Drawings in SVG and web pages are not taken.')
  refuseInfected(await scanner.scan(file.bytes))
  if (kind === 'picture') {
    const picture = await cleanPicture(file.bytes, file.filename)
    if ('rejected' in picture) throw refused('It cannot be read as a picture. Export it anew and send that.')
    return picture
  }
  if (isPdf(file.bytes)) {
    if (endsAsZip(file.bytes)) throw refused('There is an archive inside this PDF. Export it anew and send that.')
    return { ...file, mimeType: 'application/pdf', filename: ending(file.filename, 'pdf') }
  }
  if (isText(file.bytes)) return { ...file, mimeType: 'text/plain', filename: ending(file.filename, 'txt') }
  throw refused('A picture (JPEG, PNG, WebP, HEIC), a PDF or plain text can be attached.')
}

function refused(detail: string): AppError {
  return new AppError('invalid', 'attachment.refused', detail, { errors: [{ path: 'body.file', message: detail }] })
}

function isPdf(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 5) === '%PDF-' && bytes.subarray(-1024).includes('%%EOF')
}

/** The record at the end of a zip archive, and the longest comment after it (PKWARE APPNOTE 6.3.10, 4.3.16). */
const zipEnd = Buffer.from('PK\x05\x06', 'latin1')
const zipEndBytes = 22
const maxZipComment = 65_535

function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(-(zipEndBytes + maxZipComment))
  for (let at = tail.indexOf(zipEnd); at >= 0; at = tail.indexOf(zipEnd, at + 1)) {
    const left = tail.length - at - zipEndBytes
    if (left >= 0 && tail.readUInt16LE(at + 20) <= left) return true
  }
  return false
}

const decoder = new TextDecoder('utf-8', { fatal: true })
/** All control characters but tabs, line ends and page breaks. */
const unprintable = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/

function isText(bytes: Buffer): boolean {
  if (bytes.length === 0) return false
  try {
    return !unprintable.test(decoder.decode(bytes))
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** A name that promises what the file is: `plan.exe` of a text becomes `plan.exe.txt`. */
function ending(filename: string, extension: string): string {
  return filename.toLowerCase().endsWith(`.${extension}`) ? filename : `${filename.slice(0, 190)}.${extension}`
}
