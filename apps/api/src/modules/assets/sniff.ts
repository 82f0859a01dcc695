import type { uploadableTypes } from '@sparkle/shared/assets'

export type ImageType = (typeof uploadableTypes)[number]

const signatures: Record<ImageType, (bytes: Buffer) => boolean> = {
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/webp': (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
}

/** What the first bytes say a file is, or undefined for everything we do not take. Names and headers are not asked. */
export function sniff(bytes: Buffer): ImageType | undefined {
  return (Object.keys(signatures) as ImageType[]).find((type) => signatures[type](bytes))
}

/** Extensions that promise a type. Others (`IMG.2024`) promise nothing. */
const promised: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpe: 'image/jpeg',
  jfif: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  avif: 'image/avif',
  heic: 'image/heic',
  heif: 'image/heif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  pdf: 'application/pdf',
  zip: 'application/zip',
  html: 'text/html',
  js: 'text/javascript',
  exe: 'application/x-msdownload',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
}

/** The type a file's name promises, or undefined where it promises none. */
export function typeOfName(filename: string): string | undefined {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]
  return extension === undefined ? undefined : promised[extension.toLowerCase()]
}

/**
 * Whether the end of the file is missing, by each format's own structure and before anything is decoded. Where the
 * structure itself is broken the answer is no: that is for the decoder to say.
 */
export function isTruncated(bytes: Buffer, type: ImageType): boolean {
  switch (type) {
    case 'image/jpeg':
      return isTruncatedJpeg(bytes)
    case 'image/png':
      return isTruncatedPng(bytes)
    case 'image/webp':
      return bytes.length < 12 || bytes.readUInt32LE(4) + 8 > bytes.length
  }
}

/** JPEG (ITU T.81, B.1): segments up to the first scan, then anything up to EOI; thumbnails in segments have their own. */
function isTruncatedJpeg(bytes: Buffer): boolean {
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1]
    if (marker === 0xda) return bytes.indexOf(Buffer.from([0xff, 0xd9]), at) === -1
    // Any number of 0xff may stand in front of a marker to fill up.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return true
}

/** PNG (RFC 2083, 3.2): chunks of length, name, data and checksum; the last is IEND. */
function isTruncatedPng(bytes: Buffer): boolean {
  let at = 8
  while (at + 12 <= bytes.length) {
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (!/^[A-Za-z]{4}$/.test(name)) return false
    at += 12 + bytes.readUInt32BE(at)
    if (name === 'IEND') return at > bytes.length
  }
  return true
}
