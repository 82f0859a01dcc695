import { createBitmap, type Bitmap } from './bitmap.ts'
import type { Image } from './image.ts'
import type { Point } from './recipe.ts'

/**
 * The magic wand: pixels coloured like the one at `at` (0..1 of the picture). `tolerance` 0 takes that very colour, 100
 * every colour. Contiguous: only those that hang together with it, edge to edge.
 */
export function markLike(image: Image, at: Point, tolerance: number, contiguous: boolean): Bitmap {
  const { width, height } = image
  const x = Math.min(width - 1, Math.floor(at[0] * width))
  const y = Math.min(height - 1, Math.floor(at[1] * height))
  const alike = comparer(image, y * width + x, tolerance)
  const marked = createBitmap(width, height)
  if (contiguous) flood(marked, x, y, alike)
  else for (let i = 0; i < marked.data.length; i++) if (alike(i)) marked.data[i] = 255
  return marked
}

/** The farthest two colours lie apart, black and white, by the measure below. */
const farthest = 765

/** Thiadmer Riemersma's "redmean": near to what eyes see, in whole numbers, and quick enough for every pixel of a photo. */
function comparer({ data }: Image, seed: number, tolerance: number): (i: number) => boolean {
  const [red, green, blue, alpha] = [0, 1, 2, 3].map((channel) => data[seed * 4 + channel]!) as [
    number,
    number,
    number,
    number,
  ]
  const seen = alpha >= 128
  const reach = (tolerance / 100) * farthest
  const most = reach * reach
  return (i) => {
    const isSeen = data[i * 4 + 3]! >= 128
    if (!isSeen || !seen) return isSeen === seen
    const otherRed = data[i * 4]!
    const mean = (red + otherRed) / 2
    const dr = red - otherRed
    const dg = green - data[i * 4 + 1]!
    const db = blue - data[i * 4 + 2]!
    return ((512 + mean) * dr * dr + 1024 * dg * dg + (767 - mean) * db * db) / 256 <= most
  }
}

/** Scan-line flood fill: whole runs at a time, so that the stack holds runs and not pixels. */
function flood({ width, height, data }: Bitmap, startX: number, startY: number, alike: (i: number) => boolean): void {
  const stack = [startX, startY]
  while (stack.length > 0) {
    const y = stack.pop()!
    const x = stack.pop()!
    const row = y * width
    if (data[row + x]) continue
    let left = x
    while (left > 0 && !data[row + left - 1] && alike(row + left - 1)) left--
    let right = x + 1
    while (right < width && !data[row + right] && alike(row + right)) right++
    data.fill(255, row + left, row + right)
    for (const next of [y - 1, y + 1]) {
      if (next < 0 || next >= height) continue
      let inRun = false
      for (let i = left; i < right; i++) {
        const open = !data[next * width + i] && alike(next * width + i)
        if (open && !inRun) stack.push(i, next)
        inRun = open
      }
    }
  }
}
