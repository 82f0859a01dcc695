import { createImage, type Image, type Rect } from './image.ts'

/** A part that stands up from the body: an ear, the end of a tail. Rows top..foot-1, each with its opaque pixels. */
export type Tip = { top: number; foot: number; pixels: { x: number; y: number }[] }

/**
 * What stands up: the patches that the silhouette's upper quarter falls into, each cut where it has grown to a third of the
 * body's width, as far as anything of it is left above. A round head has none.
 */
export function findTips(still: Image, body: Rect): Tip[] {
  const lowest = body.y + Math.max(2, Math.floor(body.height / 4))
  const widest = Math.max(2, Math.floor(body.width / 3))
  const seen = new Set<number>()
  const tips: Tip[] = []
  for (let y = body.y; y < lowest; y++) {
    for (let x = body.x; x < body.x + body.width; x++) {
      if (seen.has(y * still.width + x) || !isOpaque(still, x, y)) continue
      const patch = collect(still, x, y, lowest, seen)
      const foot = footOf(patch, lowest, widest)
      if (foot - y < 2) continue
      tips.push({ top: y, foot, pixels: patch.filter((pixel) => pixel.y < foot) })
    }
  }
  return tips
}

/** Bends each tip aside, right by `pixels` at its very top, not at all at its foot. */
export function flickTips(still: Image, tips: Tip[], pixels: number): Image {
  if (pixels === 0 || tips.length === 0) return still
  const moved = createImage(still.width, still.height)
  moved.data.set(still.data)
  for (const tip of tips) for (const { x, y } of tip.pixels) moved.data.fill(0, at(still, x, y), at(still, x, y) + 4)
  for (const { top, foot, pixels: all } of tips) {
    for (const { x, y } of all) {
      const shift = Math.trunc((pixels * (foot - y)) / (foot - top))
      if (x + shift < 0 || x + shift >= still.width) continue
      moved.data.set(still.data.subarray(at(still, x, y), at(still, x, y) + 4), at(still, x + shift, y))
    }
  }
  return moved
}

/** The patch above `lowest` that hangs together with a pixel, edge to edge. */
function collect(still: Image, x: number, y: number, lowest: number, seen: Set<number>): { x: number; y: number }[] {
  const patch: { x: number; y: number }[] = []
  const stack = [{ x, y }]
  while (stack.length > 0) {
    const pixel = stack.pop()!
    const key = pixel.y * still.width + pixel.x
    if (pixel.y >= lowest || seen.has(key) || !isOpaque(still, pixel.x, pixel.y)) continue
    seen.add(key)
    patch.push(pixel)
    stack.push({ x: pixel.x - 1, y: pixel.y }, { x: pixel.x + 1, y: pixel.y })
    stack.push({ x: pixel.x, y: pixel.y - 1 }, { x: pixel.x, y: pixel.y + 1 })
  }
  return patch
}

/** The first row in which a patch is too wide to be an ear or a tail. */
function footOf(patch: { x: number; y: number }[], lowest: number, widest: number): number {
  const spans = new Map<number, { left: number; right: number }>()
  for (const { x, y } of patch) {
    const span = spans.get(y)
    spans.set(y, span ? { left: Math.min(span.left, x), right: Math.max(span.right, x) } : { left: x, right: x })
  }
  const wide = [...spans.entries()].filter(([, span]) => span.right - span.left + 1 > widest).map(([y]) => y)
  return Math.min(lowest, ...wide)
}

function isOpaque({ width, height, data }: Image, x: number, y: number): boolean {
  return x >= 0 && x < width && y >= 0 && y < height && data[(y * width + x) * 4 + 3] !== 0
}

function at({ width }: Image, x: number, y: number): number {
  return (y * width + x) * 4
}
