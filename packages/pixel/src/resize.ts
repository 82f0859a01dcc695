import { coverOf, type Bitmap } from './bitmap.ts'
import { createImage, type Image, type Rect } from './image.ts'
import { byteOfLinear, linearOfByte } from './srgb.ts'

/**
 * Scales by averaging the covered area, in linear light and with premultiplied alpha, so that neither fine fur darkens
 * nor hidden colours bleed in. All sums are whole numbers below 2^53 for edges up to 8,192 pixels: the result is exact,
 * whatever the order, and a mirrored picture gives the mirrored result. `area` names a part of the picture, `kept` how
 * much of each of its pixels counts.
 */
export function resizeArea(
  image: Image,
  width: number,
  height: number,
  area: Rect = { x: 0, y: 0, width: image.width, height: image.height },
  kept: Bitmap | null = null,
): Image {
  const rows = sumColumns(image, width, area, kept)
  const spans = areaSpans(area.height, height)
  const resized = createImage(width, height)
  const whole = area.width * area.height
  for (let y = 0; y < height; y++) {
    const { first, weights } = spans[y]!
    for (let x = 0; x < width; x++) {
      let red = 0
      let green = 0
      let blue = 0
      let alpha = 0
      for (let i = 0; i < weights.length; i++) {
        const at = ((first + i) * width + x) * 4
        const weight = weights[i]!
        red += rows[at]! * weight
        green += rows[at + 1]! * weight
        blue += rows[at + 2]! * weight
        alpha += rows[at + 3]! * weight
      }
      if (alpha === 0) continue
      const at = (y * width + x) * 4
      resized.data[at] = byteOfLinear[Math.floor(red / alpha + 0.5)]!
      resized.data[at + 1] = byteOfLinear[Math.floor(green / alpha + 0.5)]!
      resized.data[at + 2] = byteOfLinear[Math.floor(blue / alpha + 0.5)]!
      resized.data[at + 3] = Math.floor(alpha / whole + 0.5)
    }
  }
  return resized
}

/** Makes every pixel wholly opaque or wholly transparent (and then black), split at half. */
export function hardenAlpha(image: Image): Image {
  const hard = createImage(image.width, image.height)
  for (let at = 0; at < image.data.length; at += 4) {
    if (image.data[at + 3]! < 128) continue
    hard.data.set(image.data.subarray(at, at + 3), at)
    hard.data[at + 3] = 255
  }
  return hard
}

/** Each row squeezed to `width`: premultiplied linear sums, four numbers a pixel. */
function sumColumns(image: Image, width: number, area: Rect, kept: Bitmap | null): Float64Array {
  const spans = areaSpans(area.width, width)
  const sums = new Float64Array(area.height * width * 4)
  let out = 0
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < width; x++, out += 4) {
      const { first, weights } = spans[x]!
      let at = ((area.y + y) * image.width + area.x + first) * 4
      for (let i = 0; i < weights.length; i++, at += 4) {
        const alpha = kept ? coverOf(image.data[at + 3]!, kept.data[at >> 2]!) : image.data[at + 3]!
        const cover = alpha * weights[i]!
        if (cover === 0) continue
        sums[out]! += linearOfByte[image.data[at]!]! * cover
        sums[out + 1]! += linearOfByte[image.data[at + 1]!]! * cover
        sums[out + 2]! += linearOfByte[image.data[at + 2]!]! * cover
        sums[out + 3]! += cover
      }
    }
  }
  return sums
}

/** For each target pixel the source pixels under it and how much of each, in units of 1/target of a source pixel. */
function areaSpans(source: number, target: number): { first: number; weights: number[] }[] {
  return Array.from({ length: target }, (_, index) => {
    const start = index * source
    const end = start + source
    const first = Math.floor(start / target)
    const weights: number[] = []
    for (let i = first; i * target < end; i++) {
      weights.push(Math.min(end, (i + 1) * target) - Math.max(start, i * target))
    }
    return { first, weights }
  })
}
