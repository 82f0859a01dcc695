import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noisePicture } from '../fixtures/noise-picture.ts'
import { twoLegs } from '../fixtures/pictures.ts'
import { hashImage } from './hash.ts'
import { copyPixels, createImage, type Image } from './image.ts'
import { importSheet, SheetImportError, type ImportedData, type ImportedFrame } from './import-sheet.ts'
import { animationNames, completeRecipe } from './recipe.ts'
import { renderSprite } from './render.ts'
import { frameImage, toHash } from './sheet.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const frame = (x: number, y = 0, more: Partial<ImportedFrame> = {}): ImportedFrame => ({
  frame: { x, y, w: 8, h: 6 },
  rotated: false,
  trimmed: false,
  spriteSourceSize: { x: 0, y: 0, w: 8, h: 6 },
  sourceSize: { w: 8, h: 6 },
  duration: 100,
  ...more,
})
const picture = noisePicture(32, 6, 3)
const data = (frames: ImportedFrame[], frameTags: ImportedData['meta']['frameTags'] = []): ImportedData => ({
  frames,
  meta: { size: { w: 32, h: 6 }, frameTags, slices: [] },
})
const four = [0, 8, 16, 24].map((x) => frame(x))
const tag = (name: string, from: number, to: number, direction = 'forward' as const) => ({ name, from, to, direction })

describe('our own export', () => {
  test('comes back as it was, from either kind of JSON', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...animationNames)),
        fc.constantFrom(16, 48, 96),
        (animations, size) => {
          const { sheet, meta, still, palette } = renderSprite(
            twoLegs(),
            completeRecipe({ animations, size: size as 16 }),
          )
          for (const written of [meta, toHash(meta)]) {
            const back = importSheet(sheet, JSON.parse(JSON.stringify(written)) as ImportedData)
            expect(back.meta).toEqual(meta)
            expect(back.sheet).toEqual(sheet)
            expect(back.still).toEqual(still)
            for (const color of back.palette) expect(palette).toContain(color)
          }
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe("another editor's sheet", () => {
  const ticks = (name: string, { meta, sheet }: ReturnType<typeof importSheet>) => {
    const found = meta.meta.frameTags.find((one) => one.name === name)!
    return meta.frames.slice(found.from, found.to + 1).map((one) => indexOf(frameImage(sheet, one)))
  }
  const originals = four.map(({ frame: { x } }) => cut(picture, x, 8))
  const indexOf = (image: Image) => originals.findIndex((one) => String(one.data) === String(image.data))

  test('without tags is idle, and its first frame stands for it', () => {
    const sprite = importSheet(picture, data(four))
    expect(sprite.meta.meta.frameTags.map(({ name }) => name)).toEqual(['still', 'idle'])
    expect([ticks('still', sprite), ticks('idle', sprite)]).toEqual([[0], [0, 1, 2, 3]])
  })

  test('plays tags forwards, whichever way they were meant, and knows ours in capitals', () => {
    const directions = ['forward', 'reverse', 'pingpong', 'pingpong_reverse'] as const
    const played = directions.map((direction) =>
      ticks('walk', importSheet(picture, data(four, [{ name: 'Walk', from: 0, to: 3, direction }]))),
    )
    expect(played).toEqual([
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [0, 1, 2, 3, 2, 1],
      [3, 2, 1, 0, 1, 2],
    ])
    const overlapping = importSheet(picture, data(four, [tag('Idle', 2, 3), tag('barks', 0, 2)]))
    expect([ticks('still', overlapping), ticks('idle', overlapping), ticks('barks', overlapping)]).toEqual([[2], [2, 3], [0, 1, 2]]) // prettier-ignore
  })

  test('gets back what was trimmed, and loses what was padded', () => {
    const canvas = createImage(12, 10)
    copyPixels(picture, { x: 8, y: 0, width: 8, height: 6 }, canvas, 3, 2)
    const trimmed = frame(8, 0, { trimmed: true, spriteSourceSize: { x: 3, y: 2, w: 8, h: 6 }, sourceSize: { w: 12, h: 10 } }) // prettier-ignore
    expect(importSheet(picture, data([trimmed])).still).toEqual(canvas)
    const padded = frame(8, 0, { spriteSourceSize: { x: 0, y: 0, w: 6, h: 4 }, sourceSize: { w: 6, h: 4 } })
    expect(importSheet(picture, data([padded])).still).toEqual(cut(picture, 9, 6, 1, 4))
  })

  test('keeps its slice called body, and is measured without one', () => {
    const withBody = data(four)
    withBody.meta.slices = [{ name: 'Body', keys: [{ bounds: { x: 1, y: 2, w: 5, h: 4 }, pivot: { x: 2, y: 3 } }] }]
    expect(importSheet(picture, withBody).meta.meta.slices[0]?.keys).toEqual([{ frame: 0, bounds: { x: 1, y: 2, w: 5, h: 4 }, pivot: { x: 2, y: 3 } }]) // prettier-ignore
    withBody.meta.slices[0]!.keys[0]!.bounds.x = 4
    expect(importSheet(picture, withBody).meta.meta.slices[0]?.keys[0]?.bounds).toEqual({ x: 0, y: 0, w: 8, h: 6 })
  })

  test('long tags go on in a further row', () => {
    const wide = noisePicture(500, 4, 1)
    const frames = Array.from({ length: 20 }, () => ({ ...frame(0), frame: { x: 0, y: 0, w: 500, h: 4 }, spriteSourceSize: undefined, sourceSize: undefined })) // prettier-ignore
    const { meta, sheet } = importSheet(wide, { frames, meta: { size: { w: 500, h: 4 }, frameTags: [], slices: [] } })
    expect([sheet.width, sheet.height]).toEqual([4000, 16])
    for (const entry of meta.frames) expect(hashImage(frameImage(sheet, entry))).toBe(hashImage(wide))
  })

  test.each([
    ['size_mismatch', { ...data(four), meta: { ...data(four).meta, size: { w: 32, h: 7 } } }],
    ['rotated', data([frame(0, 0, { rotated: true })])],
    ['frame_outside', data([frame(25)])],
    ['frame_outside', data([frame(0, -1)])],
    ['frame_outside', data([frame(0, 0, { spriteSourceSize: { x: 1, y: 0, w: 8, h: 6 } })])],
    ['frame_padding', data([frame(0, 0, { spriteSourceSize: { x: 0, y: 0, w: 7, h: 6 } })])],
    ['sizes_differ', data([frame(0), frame(8, 0, { sourceSize: { w: 9, h: 6 } })])],
    ['frame_too_large', data([frame(0, 0, { sourceSize: { w: 513, h: 6 } })])],
    ['tag_outside', data(four, [tag('walk', 2, 4)])],
    ['tag_outside', data(four, [tag('walk', 2, 1)])],
    ['tag_twice', data(four, [tag('walk', 0, 1), tag('WALK', 2, 3)])],
    ['too_long', data([frame(0, 0, { duration: 10_001 })])],
    ['too_many_frames', data(Array.from({ length: 257 }, () => frame(0)))],
    ['empty', data([])],
  ] as const)('is refused: %s', (fault, wrong) => {
    expect(() => importSheet(picture, wrong as ImportedData)).toThrow(expect.objectContaining({ fault }))
  })

  test('an empty picture is refused, and so is a sheet that would be too high', () => {
    expect(() => importSheet(createImage(32, 6), data(four))).toThrow(expect.objectContaining({ fault: 'empty' }))
    const tall = noisePicture(4, 512, 1)
    const frames = Array.from({ length: 9 }, () => ({ ...frame(0), frame: { x: 0, y: 0, w: 4, h: 512 }, spriteSourceSize: undefined, sourceSize: undefined })) // prettier-ignore
    const tags = frames.map((_, i) => tag(`t${i}`, i, i))
    const wrong = { frames, meta: { size: { w: 4, h: 512 }, frameTags: tags, slices: [] } }
    expect(() => importSheet(tall, wrong)).toThrow(SheetImportError)
  })
})

function cut(image: Image, x: number, width: number, y = 0, height = 6): Image {
  const part = createImage(width, height)
  copyPixels(image, { x, y, width, height }, part, 0, 0)
  return part
}
