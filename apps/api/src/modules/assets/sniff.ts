import type { pictureTypes } from '@sparkle/shared/assets'

export type ImageType = (typeof pictureTypes)[number]

/** Brands of ISO/IEC 23008-12 whose pictures are coded in HEVC. AVIF (`avif`) is another codec and not taken. */
const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

const signatures: Record<ImageType, (bytes: Buffer) => boolean> = {
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
  'image/webp': (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  'image/heic': (bytes) =>
    bytes.toString('latin1', 4, 8) === 'ftyp' && heicBrands.includes(bytes.toString('latin1', 8, 12)),
}

/** What the first bytes say a picture is, or undefined for everything we do not take. Names and headers are not asked. */
export function sniff(bytes: Buffer): ImageType | undefined {
  return (Object.keys(signatures) as ImageType[]).find((type) => signatures[type](bytes))
}

/** What a file that is no picture and no sound is instead, where its reason can be told: a drawing in XML, a page. */
export function sniffText(bytes: Buffer): 'vector_image' | 'web_page' | undefined {
  const beginning = bytes.toString('latin1', 0, 2048).toLowerCase()
  if (!/^[\s\u00ef\u00bb\u00bf\u0000]*</.test(beginning)) return undefined
  if (beginning.includes('<svg')) return 'vector_image'
  return /<(?:!doctype html|html|head|body|script|iframe|\?php)/.test(beginning) ? 'web_page' : undefined
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
  heif: 'image/heic',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  pdf: 'application/pdf',
  zip: 'application/zip',
  html: 'text/html',
  js: 'text/javascript',
  exe: 'application/x-msdownload',
  json: 'application/json',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
}

/** The type a file's name promises, or undefined where it promises none. */
export function typeOfName(filename: string): string | undefined {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(filename)?.[1]
  return extension === undefined ? undefined : promised[extension.toLowerCase()]
}
