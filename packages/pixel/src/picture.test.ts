import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noisePicture } from '../fixtures/noise-picture.ts'
import { createBitmap, keptBounds } from './bitmap.ts'
import { pixelArea } from './crop.ts'
import { hashImage } from './hash.ts'
import { copyPixels, createImage, mirrorImage, type Image } from './image.ts'
import { markMask } from './mask.ts'
import { addOutline } from './outline.ts'
import { completeRecipe } from './recipe.ts'
import { hardenAlpha, resizeArea } from './resize.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const edge = fc.integer({ min: 1, max: 40 })
const ratio = fc.double({ min: -0.5, max: 1.5, noNaN: true })

test('hashes by FNV-1a and sees every change', () => {
  expect(hashImage({ width: 0, height: 0, data: new Uint8ClampedArray(0) })).toBe('9be17165')
  const image = noisePicture(8, 8, 1)
  const before = hashImage(image)
  image.data[100]! ^= 1
  expect(hashImage(image)).not.toBe(before)
  expect(hashImage(createImage(2, 3))).not.toBe(hashImage(createImage(3, 2)))
})

test('copying leaves out what falls outside', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), edge, edge, (x, y, width, height) => {
      const from = noisePicture(7, 6, 2)
      const to = createImage(9, 8)
      copyPixels(from, { x: 1, y: 2, width, height }, to, x, y)
      for (let ty = 0; ty < 8; ty++) {
        for (let tx = 0; tx < 9; tx++) {
          const [dx, dy] = [tx - x, ty - y]
          const covered = dx >= 0 && dy >= 0 && dx < Math.min(width, 6) && dy < Math.min(height, 4)
          expect(pixel(to, tx, ty)).toEqual(covered ? pixel(from, 1 + dx, 2 + dy) : [0, 0, 0, 0])
        }
      }
    }),
  )
})

test('a crop always lies inside and holds a pixel', () => {
  fc.assert(
    fc.property(ratio, ratio, ratio, ratio, edge, edge, (x, y, width, height, imageWidth, imageHeight) => {
      const rect = pixelArea({ x, y, width, height }, imageWidth, imageHeight)
      expect(rect.x).toBeGreaterThanOrEqual(0)
      expect(rect.width).toBeGreaterThanOrEqual(1)
      expect(rect.x + rect.width).toBeLessThanOrEqual(imageWidth)
      expect(rect.height).toBeGreaterThanOrEqual(1)
      expect(rect.y + rect.height).toBeLessThanOrEqual(imageHeight)
    }),
  )
})

test('what is kept has its bounds, within the crop, and none where nothing is', () => {
  const image = createImage(10, 10)
  copyPixels(noisePicture(3, 2, 1), { x: 0, y: 0, width: 3, height: 2 }, image, 5, 6)
  const whole = { x: 0, y: 0, width: 10, height: 10 }
  expect(keptBounds(image, null, whole)).toEqual({ x: 5, y: 6, width: 3, height: 2 })
  expect(keptBounds(image, null, { x: 6, y: 0, width: 4, height: 10 })).toEqual({ x: 6, y: 6, width: 2, height: 2 })
  const kept = createBitmap(10, 10, 127)
  expect(keptBounds(image, kept, whole)).toBeNull()
  kept.data[66] = 128
  expect(keptBounds(image, kept, whole)).toEqual({ x: 6, y: 6, width: 1, height: 1 })
})

describe('resizing', () => {
  test('to the same size changes nothing', () => {
    const image = noisePicture(31, 17, 7)
    expect(resizeArea(image, 31, 17)).toEqual(image)
  })

  test('commutes with mirroring', () => {
    fc.assert(
      fc.property(edge, edge, edge, edge, (width, height, toWidth, toHeight) => {
        const image = noisePicture(width, height, 3)
        image.data[3] = 90
        expect(resizeArea(mirrorImage(image), toWidth, toHeight)).toEqual(
          mirrorImage(resizeArea(image, toWidth, toHeight)),
        )
      }),
    )
  })

  test('keeps an even colour, whatever hides under transparent pixels', () => {
    fc.assert(
      fc.property(edge, edge, (toWidth, toHeight) => {
        const image = createImage(20, 20)
        for (let i = 0; i < 400; i++) image.data.set(i % 3 === 0 ? [9, 200, 9, 0] : [180, 90, 30, 255], i * 4)
        const small = resizeArea(image, toWidth, toHeight)
        for (let i = 0; i < toWidth * toHeight; i++) {
          if (small.data[i * 4 + 3] === 0) continue
          expect([...small.data.subarray(i * 4, i * 4 + 3)]).toEqual([180, 90, 30])
        }
      }),
    )
  })

  test('averages light, not numbers: half black, half white is the grey 188', () => {
    const image = createImage(2, 1)
    image.data.set([0, 0, 0, 255, 255, 255, 255, 255])
    expect([...resizeArea(image, 1, 1).data]).toEqual([188, 188, 188, 255])
  })

  test('hardening splits alpha at half', () => {
    const image = createImage(2, 1)
    image.data.set([10, 20, 30, 127, 10, 20, 30, 128])
    expect([...hardenAlpha(image).data]).toEqual([0, 0, 0, 0, 10, 20, 30, 255])
  })
})

describe('mask', () => {
  const kept = (points: [number, number][], shape: 'polygon' | 'ellipse', width = 10, height = 10) => {
    return Array.from(markMask({ width, height }, { shape, points }).data, (value) => value === 255)
  }
  const count = (cells: boolean[]) => cells.filter(Boolean).length

  test('a rectangle as polygon keeps the pixels whose centres it holds, in either direction', () => {
    const corners: [number, number][] = [[0.2, 0.3], [0.7, 0.3], [0.7, 0.9], [0.2, 0.9]] // prettier-ignore
    expect(count(kept(corners, 'polygon'))).toBe(30)
    expect(kept([...corners].reverse(), 'polygon')).toEqual(kept(corners, 'polygon'))
  })

  test('two halves of the picture keep every pixel once', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (top, bottom) => {
          const left = kept([[0, 0], [top, 0], [bottom, 1], [0, 1]], 'polygon', 23, 19) // prettier-ignore
          const right = kept([[top, 0], [1, 0], [1, 1], [bottom, 1]], 'polygon', 23, 19) // prettier-ignore
          left.forEach((inside, i) => expect(inside).toBe(!right[i]))
        },
      ),
    )
  })

  test('an ellipse keeps about pi/4 of its box, by any two opposite corners', () => {
    const cells = kept([[0, 0], [1, 1]], 'ellipse', 100, 60) // prettier-ignore
    expect(count(cells) / 6000).toBeCloseTo(Math.PI / 4, 2)
    expect(kept([[1, 0], [0, 1]], 'ellipse', 100, 60)).toEqual(cells) // prettier-ignore
    expect(count(kept([[0.5, 0], [0.5, 1]], 'ellipse'))).toBe(0) // prettier-ignore
  })

  test('reaches beyond the picture without harm', () => {
    expect(count(kept([[-3, -3], [4, -3], [4, 4], [-3, 4]], 'polygon'))).toBe(100) // prettier-ignore
    expect(count(kept([[-3, -3], [-2, -2]], 'ellipse'))).toBe(0) // prettier-ignore
  })
})

test('the outline is drawn beside the shape only, never over it', () => {
  const image = createImage(5, 5)
  image.data.set([1, 2, 3, 255], (2 * 5 + 2) * 4)
  const outlined = addOutline(image, 0xff8000)
  const painted = Array.from({ length: 25 }, (_, i) => (outlined.data[i * 4 + 3] === 255 ? i : -1)).filter(
    (i) => i >= 0,
  )
  expect(painted).toEqual([7, 11, 12, 13, 17])
  expect(pixel(outlined, 2, 2)).toEqual([1, 2, 3, 255])
  expect(pixel(outlined, 1, 2)).toEqual([255, 128, 0, 255])
})

test('a recipe completes to plain JSON and keeps what was given', () => {
  const recipe = completeRecipe({ size: 32, mirrored: true })
  expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe)
  expect(recipe).toMatchObject({ size: 32, mirrored: true, colors: 16, dither: 'none', animations: ['idle', 'walk'] })
})

function pixel(image: Image, x: number, y: number): number[] {
  return [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)]
}
