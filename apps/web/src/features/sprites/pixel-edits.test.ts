import { createImage } from '@sparkle/pixel/image'
import { completeRecipe, recipeLimits } from '@sparkle/pixel/recipe'
import { renderSprite } from '@sparkle/pixel/render'
import { describe, expect, it } from 'vitest'
import { bodyFrame, paintPixels, pixelLine, rescaleEdits } from './pixel-edits.ts'

const work = createImage(64, 48)
for (let i = 0; i < work.data.length; i += 4) work.data.set([200, (i >> 2) % 64, 40, 255], i)
const recipe = completeRecipe({ size: 32, animations: ['walk'], outline: { mode: 'none' }, colors: 4 })

function pixelAt(image: { width: number; data: Uint8ClampedArray }, x: number, y: number): number[] {
  return Array.from(image.data.slice((y * image.width + x) * 4, (y * image.width + x) * 4 + 4))
}

describe('corrections by hand', () => {
  it.each([false, true])('land on the pixel that was painted (mirrored: %s)', (mirrored) => {
    const before = renderSprite(work, { ...recipe, mirrored })
    const [x, y] = [before.body.x + 3, before.body.y + 2]
    const edits = paintPixels(undefined, { frame: bodyFrame, pixels: [[x, y]], color: null }, before, mirrored)
    if (!edits) throw new Error('there is room')
    const after = renderSprite(work, { ...recipe, mirrored, edits })
    expect(pixelAt(before.still, x, y)[3]).toBe(255)
    expect(pixelAt(after.still, x, y)).toEqual([0, 0, 0, 0])
    expect(pixelAt(after.still, x + 1, y)).toEqual(pixelAt(before.still, x + 1, y))
  })

  it('stay in the frame they were made on', () => {
    const before = renderSprite(work, recipe)
    const frame = before.meta.frames.find(({ filename }) => filename === 'walk 2')?.frame
    if (!frame) throw new Error('there is a second step')
    const place = [before.body.x + 4, before.body.y + 6] as const
    const edits = paintPixels(undefined, { frame: 'walk 2', pixels: [place], color: null }, before, false)
    const after = renderSprite(work, { ...recipe, ...(edits && { edits }) })
    expect(pixelAt(after.sheet, frame.x + place[0], frame.y + place[1])[3]).toBe(0)
    expect(after.still).toEqual(before.still)
  })

  it('count a pixel once, its last colour', () => {
    const render = renderSprite(work, recipe)
    const first = paintPixels(undefined, { frame: bodyFrame, pixels: [[9, 9]], color: '#ffffff' }, render, false)
    const second = paintPixels(first ?? undefined, { frame: bodyFrame, pixels: [[9, 9]], color: null }, render, false)
    expect(second?.pixels).toHaveLength(1)
    expect(second?.pixels[0]?.color).toBeNull()
  })

  it('grow with the body', () => {
    const edits = { width: 10, height: 10, pixels: [{ x: 2, y: 3, color: null }] }
    expect(rescaleEdits(edits, 10, 10)).toEqual(edits.pixels)
    const places = rescaleEdits(edits, 20, 20).map(({ x, y }) => [x, y])
    expect(places).toEqual([
      [4, 6],
      [5, 6],
      [4, 7],
      [5, 7],
    ])
  })

  it('end where a recipe is full', () => {
    const render = renderSprite(work, recipe)
    const pixels = Array.from({ length: recipeLimits.edits + 1 }, (_, i) => [i % 128, Math.floor(i / 128)] as const)
    expect(paintPixels(undefined, { frame: bodyFrame, pixels, color: null }, render, false)).toBeNull()
    expect(paintPixels(undefined, { frame: bodyFrame, pixels: pixels.slice(1), color: null }, render, false)).not.toBe(
      null,
    )
  })
})

describe('a line of pixels', () => {
  it('has no holes, whichever way it goes', () => {
    for (const to of [
      [7, 2],
      [-3, 9],
      [0, 0],
      [-5, -5],
    ] as const) {
      const line = pixelLine([0, 0], to)
      expect(line[0]).toEqual([0, 0])
      expect(line.at(-1)).toEqual([...to])
      for (const [i, [x, y]] of line.slice(1).entries()) {
        const [beforeX, beforeY] = line[i] ?? [Number.NaN, Number.NaN]
        expect(Math.max(Math.abs(x - beforeX), Math.abs(y - beforeY))).toBe(1)
      }
    }
  })
})
