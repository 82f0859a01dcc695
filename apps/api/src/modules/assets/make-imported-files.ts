import { importSheet, SheetImportError, type ImportedData, type ImportedSprite } from '@sparkle/pixel/import-sheet'
import { mostSheetEdge } from '@sparkle/pixel/sheet'
import { asepriteData } from '@sparkle/shared/aseprite'
import sharp from 'sharp'
import type { Image } from '@sparkle/pixel/image'
import { AppError, invalid } from '../../core/app-error.ts'
import { filesOfSprite, type MadeSprite } from './make-sprite-files.ts'
import { sniff } from './sniff.ts'

/** What a sheet of Aseprite's and its JSON become. Only pixels and figures go on: nothing else of the files is kept. */
export async function makeImportedFiles(sheet: Buffer, json: Buffer): Promise<MadeSprite> {
  const data = parseData(json)
  return filesOfSprite(takeOver(await decode(sheet), data))
}

function parseData(json: Buffer): ImportedData {
  const parsed = asepriteData.safeParse(parseJson(json))
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: `body.data.${path.join('.')}`, message }))
  throw new AppError(
    'invalid',
    'sprite.bad_data',
    'This is not what Aseprite writes as a sheet’s JSON data; see errors.',
    { errors },
  )
}

function parseJson(json: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))
  } catch {
    return invalid('sprite.bad_json', 'The data is not JSON.', 'body.data')
  }
}

async function decode(bytes: Buffer): Promise<Image> {
  if (sniff(bytes) !== 'image/png') invalid('sprite.not_png', 'The sheet has to be a PNG picture.', 'body.sheet')
  try {
    const limitInputPixels = mostSheetEdge * mostSheetEdge
    const { data, info } = await sharp(bytes, { limitInputPixels, failOn: 'error' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
  } catch {
    // libvips has no error classes: whatever it says, the picture cannot be read or is too large.
    return invalid(
      'sprite.unreadable',
      `The sheet is damaged, or has more than ${mostSheetEdge} x ${mostSheetEdge} pixels.`,
      'body.sheet',
    )
  }
}

function takeOver(sheet: Image, data: ImportedData): ImportedSprite {
  try {
    return importSheet(sheet, data)
  } catch (error) {
    if (error instanceof SheetImportError) return invalid(`sprite.${error.fault}`, error.message, 'body.data')
    throw error
  }
}
