import sharp from 'sharp'
import { expect, test } from 'vitest'
import { renderSprite } from '@sparkle/pixel/render'
import { spriteRecipe } from '@sparkle/shared/sprites'
import { chelsea } from '../../../test/photos.ts'
import { makeSpriteFiles } from './make-sprite-files.ts'

const work = () => sharp(chelsea).ensureAlpha().png().toBuffer()

test('the files hold the very pixels the shared code draws', async () => {
  const recipe = spriteRecipe.parse({ size: 48, colors: 12, animations: ['idle', 'walk', 'jump'] })
  const outcome = await makeSpriteFiles(await work(), recipe)
  const files = Object.fromEntries(outcome.files.map((file) => [file.variant, file]))
  const { data, info } = await sharp(chelsea).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const drawn = renderSprite({ ...info, data: new Uint8ClampedArray(data) }, recipe)

  const raw = (variant: string) => sharp(files[variant]?.bytes).raw().toBuffer()
  expect(await raw('still')).toEqual(Buffer.from(drawn.still.data))
  expect(await raw('sheet')).toEqual(Buffer.from(drawn.sheet.data))
  expect(files['original']?.bytes).toBe(files['sheet']?.bytes)
  expect(JSON.parse(String(files['meta']?.bytes))).toEqual(drawn.meta)
  expect(outcome.metadata).toEqual({
    width: drawn.still.width,
    height: drawn.still.height,
    frames: drawn.meta.frames.length,
    colors: drawn.palette,
  })
})

test('the thumb is enlarged by a whole factor, pixel for pixel', async () => {
  const outcome = await makeSpriteFiles(await work(), spriteRecipe.parse({ size: 64 }))
  const thumb = outcome.files.find((file) => file.variant === 'thumb')
  const still = outcome.files.find((file) => file.variant === 'still')
  expect(thumb).toMatchObject({ width: (still?.width ?? 0) * 6, height: (still?.height ?? 0) * 6 })
  const back = await sharp(thumb?.bytes)
    .resize(still?.width, still?.height, { kernel: 'nearest' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  expect(back).toEqual(await sharp(still?.bytes).ensureAlpha().raw().toBuffer())
})

test('what goes wrong on the thread comes back as an error', async () => {
  const recipe = spriteRecipe.parse({ palette: 'no-such-palette' })
  await expect(makeSpriteFiles(await work(), recipe)).rejects.toThrow('no-such-palette')
})
