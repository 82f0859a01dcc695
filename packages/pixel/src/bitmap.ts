import { createImage, type Image, type Rect } from './image.ts'
import type { MaskMode } from './recipe.ts'

/** How much of each pixel is kept: 0 nothing, 255 all of it; rows from the top. */
export type Bitmap = { width: number; height: number; data: Uint8Array<ArrayBuffer> }

export function createBitmap(width: number, height: number, value = 0): Bitmap {
  return { width, height, data: new Uint8Array(width * height).fill(value) }
}

/** What is kept after a step that marked some pixels. */
export function combine(kept: Bitmap, marked: Bitmap, mode: MaskMode): Bitmap {
  if (mode === 'replace') return marked
  const result = createBitmap(kept.width, kept.height)
  const [one, other, to] = [kept.data, marked.data, result.data]
  if (mode === 'add') for (let i = 0; i < to.length; i++) to[i] = one[i]! > other[i]! ? one[i]! : other[i]!
  else if (mode === 'intersect') for (let i = 0; i < to.length; i++) to[i] = one[i]! < other[i]! ? one[i]! : other[i]!
  else for (let i = 0; i < to.length; i++) to[i] = one[i]! < 255 - other[i]! ? one[i]! : 255 - other[i]!
  return result
}

/** The smallest rectangle within `area` around all pixels that stay at least half opaque, or `null`. */
export function keptBounds(image: Image, kept: Bitmap | null, area: Rect): Rect | null {
  let left = area.x + area.width
  let right = -1
  let top = -1
  let bottom = -1
  for (let y = area.y; y < area.y + area.height; y++) {
    for (let x = area.x; x < area.x + area.width; x++) {
      const at = y * image.width + x
      if (coverOf(image.data[at * 4 + 3]!, kept ? kept.data[at]! : 255) < 128) continue
      if (top < 0) top = y
      bottom = y
      if (x < left) left = x
      if (x > right) right = x
    }
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** The opacity of a pixel of which only a part is kept, both 0..255. */
export function coverOf(alpha: number, kept: number): number {
  return kept === 255 ? alpha : Math.floor((alpha * kept + 127) / 255)
}

/** A part of a picture as it is kept: what is cut away is transparent. */
export function cutImage(image: Image, kept: Bitmap | null, area: Rect): Image {
  const part = createImage(area.width, area.height)
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++) {
      const from = (area.y + y) * image.width + area.x + x
      const alpha = coverOf(image.data[from * 4 + 3]!, kept ? kept.data[from]! : 255)
      if (alpha === 0) continue
      const to = (y * area.width + x) * 4
      part.data.set(image.data.subarray(from * 4, from * 4 + 3), to)
      part.data[to + 3] = alpha
    }
  }
  return part
}
