import { createBitmap, type Bitmap } from './bitmap.ts'
import type { MaskEdge } from './recipe.ts'

/** Cleans a cut-out's edge up: specks and holes, corners, width, softness, in that order. */
export function refineEdge(kept: Bitmap, edge: MaskEdge): Bitmap {
  const unit = Math.max(kept.width, kept.height) / 1024
  const pixels = (length: number) => Math.floor(Math.abs(length) * unit + 0.5)
  let refined = kept
  if (edge.specks > 0) refined = dropSpecks(refined, edge.specks * unit * edge.specks * unit)
  if (pixels(edge.smooth) > 0) refined = threshold(blur(refined, pixels(edge.smooth)))
  if (pixels(edge.grow) > 0)
    refined = edge.grow > 0 ? grow(refined, pixels(edge.grow)) : shrink(refined, pixels(edge.grow))
  if (pixels(edge.feather) > 0) refined = blur(refined, pixels(edge.feather))
  return refined
}

/** Turns every connected patch, kept or not, of fewer than `area` pixels into its surroundings; the largest kept stays. */
export function dropSpecks(kept: Bitmap, area: number): Bitmap {
  const { width, height, data } = kept
  const result = { width, height, data: data.slice() }
  const seen = new Uint8Array(data.length)
  const patches: { pixels: number[]; on: boolean }[] = []
  let largest = 0
  for (let start = 0; start < data.length; start++) {
    if (seen[start]) continue
    const { pixels, size } = collectPatch(kept, seen, start, area)
    const on = data[start]! >= 128
    if (on && size > largest) largest = size
    if (size < area) patches.push({ pixels, on })
  }
  for (const { pixels, on } of patches) {
    if (on && pixels.length === largest) continue
    for (const i of pixels) result.data[i] = on ? 0 : 255
  }
  return result
}

/** The patch that a pixel belongs to; only small ones' pixels are listed. */
function collectPatch({ width, data }: Bitmap, seen: Uint8Array, start: number, area: number) {
  const on = data[start]! >= 128
  const stack = [start]
  const pixels: number[] = []
  let size = 0
  seen[start] = 1
  const visit = (i: number) => {
    if (seen[i] || data[i]! >= 128 !== on) return
    seen[i] = 1
    stack.push(i)
  }
  while (stack.length > 0) {
    const i = stack.pop()!
    size++
    if (size <= area) pixels.push(i)
    const x = i % width
    if (x > 0) visit(i - 1)
    if (x < width - 1) visit(i + 1)
    if (i >= width) visit(i - width)
    if (i < data.length - width) visit(i + width)
  }
  return { pixels, size }
}

/** Means over a square of 2 * radius + 1 pixels, twice, which is near a tent; beyond the picture its rim goes on. */
function blur(bitmap: Bitmap, radius: number): Bitmap {
  return blurLines(blurLines(blurLines(blurLines(bitmap, radius, true), radius, false), radius, true), radius, false)
}

function blurLines({ width, height, data }: Bitmap, radius: number, along: boolean): Bitmap {
  const result = createBitmap(width, height)
  const [lines, length, step, lineStep] = along ? [height, width, 1, width] : [width, height, width, 1]
  const whole = 2 * radius + 1
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    const at = (i: number) => data[start + Math.min(length - 1, Math.max(0, i)) * step]!
    let sum = 0
    for (let i = -radius; i <= radius; i++) sum += at(i)
    for (let i = 0; i < length; i++) {
      result.data[start + i * step] = Math.floor(sum / whole + 0.5)
      sum += at(i + radius + 1) - at(i - radius)
    }
  }
  return result
}

function threshold({ width, height, data }: Bitmap): Bitmap {
  return { width, height, data: data.map((value) => (value >= 128 ? 255 : 0)) }
}

function invert({ width, height, data }: Bitmap): Bitmap {
  return { width, height, data: data.map((value) => 255 - value) }
}

function shrink(kept: Bitmap, pixels: number): Bitmap {
  return invert(grow(invert(kept), pixels))
}

/** Wider by so many pixels, by chamfer distances (Borgefors 1986: 3 across an edge, 4 across a corner). */
function grow({ width, height, data }: Bitmap, pixels: number): Bitmap {
  const far = 3 * (width + height)
  const distance = new Int32Array(data.length)
  for (let i = 0; i < data.length; i++) distance[i] = data[i]! >= 128 ? 0 : far
  const relax = (i: number, x: number, y: number, dx: number, dy: number) => {
    if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) return
    const through = distance[i + dy * width + dx]! + (dx !== 0 && dy !== 0 ? 4 : 3)
    if (through < distance[i]!) distance[i] = through
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      relax(i, x, y, -1, 0)
      relax(i, x, y, -1, -1)
      relax(i, x, y, 0, -1)
      relax(i, x, y, 1, -1)
    }
  }
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const i = y * width + x
      relax(i, x, y, 1, 0)
      relax(i, x, y, 1, 1)
      relax(i, x, y, 0, 1)
      relax(i, x, y, -1, 1)
    }
  }
  const result = createBitmap(width, height)
  for (let i = 0; i < data.length; i++) result.data[i] = distance[i]! <= pixels * 3 ? 255 : data[i]!
  return result
}
