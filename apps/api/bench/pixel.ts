import { readFile } from 'node:fs/promises'
import { animationNames, completeRecipe, firstMask } from '@sparkle/pixel/recipe'
import sharp, { type Sharp } from 'sharp'
import { makePhotoFiles } from '../src/modules/assets/make-photo-files.ts'
import { makeSpriteFiles } from '../src/modules/assets/make-sprite-files.ts'
import { interleave, median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:pixel`: milliseconds from a 12-megapixel JPEG to its thumbnail and a 64-pixel sprite, by the functions that
 * the asset job calls against plain sharp making the same files: upright original without metadata, work image, web
 * picture, thumbnail; sheet of all movements, standing pet, enlarged pet.
 *
 * Ours checks the file, decodes it once, makes everything smaller from one shrunk picture, and draws sprites in
 * TypeScript on its thread: cut-out, OKLab palette, outline, every frame posed. Sharp's side is what one would write with
 * it: every file by its own pipeline, all at once, shrunk while loading; the sprite as a mask, a resize and its own palette
 * quantiser, its frames as resizes in one composite. It draws no outline and moves no leg: sharp has no step for either.
 * Both sides were run once before they are timed.
 */
const rounds = 5
const aim = 0.8
const recipe = completeRecipe({ size: 64, colors: 16, mask: firstMask, animations: [...animationNames] })

const chelsea = await readFile(new URL('../test/fixtures/chelsea.png', import.meta.url))
const photo = await sharp(chelsea).resize(4000, 3000, { kernel: 'cubic' }).jpeg({ quality: 90 }).toBuffer()
const frames = await ours()
await bare(frames)

const results = await interleave({ ours: timed(ours), bare: timed(() => bare(frames)) }, rounds)
const { ours: own = [], bare: peer = [] } = results
const ratios = own.map((milliseconds, round) => (peer[round] ?? Number.NaN) / milliseconds)
console.info(`JPEG of ${photo.length} bytes, 4000 x 3000; sprite of 64 px with ${frames} frames`)
console.info(`median of ${rounds} interleaved runs (lowest to highest)`)
console.info(`ours       ${spread(own)} ms`)
console.info(`bare sharp ${spread(peer)} ms`)
console.info(`ratio      ${spread(ratios, 2)}, at least ${aim} is wanted`)
if (median(ratios) < aim) process.exitCode = 1

function timed(run: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    const start = performance.now()
    await run()
    return performance.now() - start
  }
}

/** Returns how many frames were drawn. */
async function ours(): Promise<number> {
  const made = await makePhotoFiles(photo, { mimeType: 'image/jpeg', filename: 'pet.jpg' })
  if ('rejected' in made) throw new Error(`The photo was refused: ${made.rejected}.`)
  const work = made.files.find(({ variant }) => variant === 'work')
  if (!work) throw new Error('The photo has no work image.')
  const { metadata } = await makeSpriteFiles(work.bytes, recipe)
  return metadata.frames ?? 0
}

async function bare(frameCount: number): Promise<void> {
  const open = () => sharp(photo, { failOn: 'error' }).autoOrient().toColourspace('srgb')
  const inside = (edge: number) => open().resize(edge, edge, { fit: 'inside' })
  const [work] = await Promise.all([
    inside(1024).ensureAlpha().png({ compressionLevel: 7 }).toBuffer(),
    open().jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimizeCoding: false }).toBuffer(),
    inside(1600).webp({ quality: 82 }).toBuffer(),
    inside(400).webp({ quality: 78 }).toBuffer(),
  ])
  await bareSprite(work, frameCount)
}

async function bareSprite(work: Buffer, frameCount: number): Promise<void> {
  const ellipse = Buffer.from('<svg width="1024" height="768"><ellipse cx="512" cy="384" rx="451" ry="361"/></svg>')
  const cut = await sharp(work)
    .composite([{ input: ellipse, blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer()
  const still = await raw(sharp(cut).resize(64, 52, { fit: 'fill' }))
  const poses = await Promise.all(
    Array.from({ length: frameCount }, (_, i) =>
      raw(sharp(...still).resize(60 + (i % 5), 50 + (i % 3), { fit: 'fill' })),
    ),
  )
  const sheet = sharp({ create: { width: 8 * 64, height: 5 * 52, channels: 4, background: '#0000' } }).composite(
    poses.map(([input, options], i) => ({ input, ...options, left: (i % 8) * 64, top: (Math.floor(i / 8) % 5) * 52 })),
  )
  await Promise.all([
    sheet.png({ palette: true, colours: 16, dither: 0 }).toBuffer(),
    sharp(...still)
      .png({ palette: true, colours: 16, dither: 0 })
      .toBuffer(),
    sharp(...still)
      .resize(384, 312, { kernel: 'nearest' })
      .webp({ lossless: true })
      .toBuffer(),
  ])
}

type Raw = [input: Buffer, options: { raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }]

async function raw(image: Sharp): Promise<Raw> {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return [data, { raw: { width: info.width, height: info.height, channels: info.channels } }]
}
