import sharp from 'sharp'
import type { Image } from '@sparkle/pixel/image'
import { completeRecipe } from '@sparkle/pixel/recipe'
import type { SpriteRender } from '@sparkle/pixel/render'
import type { AssetView } from '@sparkle/shared/assets'
import type { SpriteRecipeView } from '@sparkle/shared/sprites'
import type { MadeFile } from './asset-files.ts'
import { drawSprite } from './draw-sprite.ts'

const thumbEdge = 400

export interface MadeSprite {
  files: MadeFile[]
  metadata: AssetView['metadata']
}

/**
 * Renders a sprite from a photo's work image, by the same code and to the same pixels as the browser's preview: `still`
 * (the standing pet), `sheet` (all frames; also the `original`), `meta` (Aseprite JSON) and, enlarged, `thumb` and `web`.
 */
export async function makeSpriteFiles(workPng: Uint8Array, recipe: SpriteRecipeView): Promise<MadeSprite> {
  const { data, info } = await sharp(workPng)
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const work: Image = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
  return filesOfSprite(await drawSprite(work, completeRecipe(recipe)))
}

/** A drawn or imported sprite as files. */
export async function filesOfSprite({
  sheet,
  still,
  meta,
  palette,
}: Pick<SpriteRender, 'sheet' | 'still' | 'meta' | 'palette'>): Promise<MadeSprite> {
  const [sheetFile, stillFile, thumb] = await Promise.all([png('sheet', sheet), png('still', still), enlarged(still)])
  const files: MadeFile[] = [
    sheetFile,
    { ...sheetFile, variant: 'original' },
    stillFile,
    thumb,
    { ...thumb, variant: 'web' },
    {
      variant: 'meta',
      bytes: Buffer.from(JSON.stringify(meta)),
      mimeType: 'application/json',
      width: null,
      height: null,
    },
  ]
  return { files, metadata: { width: still.width, height: still.height, frames: meta.frames.length, colors: palette } }
}

function open({ width, height, data }: Image) {
  return sharp(data, { raw: { width, height, channels: 4 } })
}

async function png(variant: MadeFile['variant'], image: Image): Promise<MadeFile> {
  const bytes = await open(image).png({ compressionLevel: 9 }).toBuffer()
  return { variant, bytes, mimeType: 'image/png', width: image.width, height: image.height }
}

/** By a whole factor and without smoothing, so that every pixel stays a square. */
async function enlarged(still: Image): Promise<MadeFile> {
  const factor = Math.max(1, Math.floor(thumbEdge / Math.max(still.width, still.height)))
  const [width, height] = [still.width * factor, still.height * factor]
  const bytes = await open(still).resize(width, height, { kernel: 'nearest' }).webp({ lossless: true }).toBuffer()
  return { variant: 'thumb', bytes, mimeType: 'image/webp', width, height }
}
