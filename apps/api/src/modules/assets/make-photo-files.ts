import sharp, { type Sharp } from 'sharp'
import type { RejectionReason } from '@sparkle/shared/assets'
import type { Claim, MadeFile, Outcome } from './asset-files.ts'
import { decodeHeic } from './decode-heic.ts'
import { carriesStowaway, readStructure } from './picture-structure.ts'
import { sniff, sniffText, typeOfName, type ImageType } from './sniff.ts'

/** Above this a decoded picture would take more than 200 MB. */
export const maxPixels = 50_000_000
const workEdge = 1024
const webEdge = 1600
const thumbEdge = 400

/** Above both, a file is made to fill memory: photos have a ratio below 50, drawings in flat colours stay smaller. */
const bombPixels = 16_000_000
const bombRatio = 250

/**
 * Checks an uploaded picture and makes its files: `original` (upright, same format but JPEG for HEIC, without metadata
 * and location), `work` (lossless sRGB PNG, longest edge 1024, from which sprites are made), `web` and `thumb` (WebP).
 */
export async function makePhotoFiles(bytes: Buffer, claim: Claim): Promise<Outcome> {
  const opened = await openPhoto(bytes, claim)
  if ('rejected' in opened) return opened
  const { decoded } = opened
  const { width, height } = decoded.info
  const original = await encodeWhole(opened)
  // The large picture is shrunk once, and everything smaller is made from the result.
  const middle = await pixelsOf(shrink(open(decoded), webEdge))
  const files = await Promise.all([
    original,
    file('work', toWork(shrink(open(middle), workEdge)), 'image/png'),
    file('web', open(middle).webp({ quality: 82, alphaQuality: 90 }), 'image/webp'),
    file('thumb', shrink(open(middle), thumbEdge).webp({ quality: 78, alphaQuality: 90 }), 'image/webp'),
  ])
  return { files, metadata: { width, height } }
}

/** A checked picture's pixels, and the format it is kept in. */
interface OpenPhoto {
  decoded: Decoded
  kept: Exclude<ImageType, 'image/heic'>
}

/** Checks an uploaded picture and decodes it, or says why not. */
export async function openPhoto(bytes: Buffer, claim: Claim): Promise<OpenPhoto | Refused> {
  const type = sniff(bytes)
  if (!type) return { rejected: sniffText(bytes) ?? 'unknown_type' }
  const refused = refusalOf(bytes, type, claim)
  if (refused) return { rejected: refused }
  const decoded = type === 'image/heic' ? await decodeOnThread(bytes) : await decode(bytes)
  return 'rejected' in decoded ? decoded : { decoded, kept: type === 'image/heic' ? 'image/jpeg' : type }
}

/** The picture in its full size, with nothing in it but its pixels. */
export function encodeWhole({ decoded, kept }: OpenPhoto): Promise<MadeFile> {
  return file('original', encodeOriginal(open(decoded), kept), kept)
}

function refusalOf(bytes: Buffer, type: ImageType, claim: Claim): RejectionReason | undefined {
  if (type !== claim.mimeType || type !== (typeOfName(claim.filename) ?? type)) return 'type_mismatch'
  const structure = readStructure(bytes, type)
  if (structure.truncated) return 'truncated'
  if (structure.damaged) return 'damaged'
  return carriesStowaway(structure) ? 'polyglot' : undefined
}

/** Reads the header only: a few kilobytes may claim more pixels than the machine has memory for. */
async function refusalByHeader(bytes: Buffer): Promise<RejectionReason | undefined> {
  try {
    const { width, height, channels } = await sharp(bytes, { limitInputPixels: false }).metadata()
    const pixels = width * height
    if (pixels > maxPixels) return 'too_many_pixels'
    return pixels > bombPixels && pixels * channels > bombRatio * bytes.length ? 'decompression_bomb' : undefined
  } catch {
    // libvips has no error classes: whatever it says about a header, the file cannot be read.
    return 'damaged'
  }
}

interface Decoded {
  data: Buffer
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 }
}
type Refused = { rejected: RejectionReason }

/** Decodes once; every file is made from these pixels. Orientation is applied, the colour profile converted to sRGB. */
async function decode(bytes: Buffer): Promise<Decoded | Refused> {
  const rejected = await refusalByHeader(bytes)
  if (rejected) return { rejected }
  try {
    const image = sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
    return await pixelsOf(image.autoOrient().toColourspace('srgb'))
  } catch {
    // As above: a decoder's complaint is about the bytes, and the caller tells the uploader so.
    return { rejected: 'damaged' }
  }
}

async function decodeOnThread(bytes: Buffer): Promise<Decoded | Refused> {
  const decoded = await decodeHeic(bytes)
  if ('rejected' in decoded) return decoded
  const { data, width, height } = decoded
  return { data, info: { width, height, channels: 4 } }
}

async function pixelsOf(image: Sharp): Promise<Decoded> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { data, info: { width: info.width, height: info.height, channels: info.channels } }
}

function open({ data, info }: Decoded): Sharp {
  return sharp(data, { raw: info, limitInputPixels: maxPixels })
}

function shrink(image: Sharp, edge: number): Sharp {
  return image.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
}

function encodeOriginal(image: Sharp, type: Exclude<ImageType, 'image/heic'>): Sharp {
  switch (type) {
    case 'image/jpeg':
      // Optimised coding holds every coefficient in memory: 799 instead of 275 MB at 48 megapixels, and 2.5 times as long.
      return image.jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimizeCoding: false })
    case 'image/png':
      return image.png({ compressionLevel: 7 })
    case 'image/webp':
      return image.webp({ quality: 92, alphaQuality: 100 })
  }
}

function toWork(image: Sharp): Sharp {
  return image.toColourspace('srgb').ensureAlpha().png({ compressionLevel: 7 })
}

async function file(variant: MadeFile['variant'], image: Sharp, mimeType: string): Promise<MadeFile> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true })
  return { variant, bytes: data, mimeType, width: info.width, height: info.height }
}
