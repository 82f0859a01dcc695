import { createBitmap, type Bitmap } from './bitmap.ts'
import type { Area, Mask, Point } from './recipe.ts'

type Size = { width: number; height: number }

/** The pixels whose centres lie within a shape. */
export function markMask(size: Size, mask: Mask): Bitmap {
  const marked = createBitmap(size.width, size.height)
  if (mask.shape === 'polygon') markPolygon(marked, mask.points)
  else markEllipse(marked, mask.points)
  return marked
}

export function ellipseOf({ x, y, width, height }: Area): Mask {
  return {
    shape: 'ellipse',
    points: [
      [x, y],
      [x + width, y + height],
    ],
  }
}

/** Scan-line fill by the even-odd rule: on each row, inside lies between the 1st and 2nd, 3rd and 4th ... crossing. */
function markPolygon(marked: Bitmap, points: Point[]): void {
  for (let y = 0; y < marked.height; y++) {
    const crossings = crossingsOf(points, (y + 0.5) / marked.height)
    crossings.sort((one, other) => one - other)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      markRow(marked, y, firstCentre(crossings[i]! * marked.width), firstCentre(crossings[i + 1]! * marked.width))
    }
  }
}

function crossingsOf(points: Point[], y: number): number[] {
  const crossings: number[] = []
  for (let i = 0; i < points.length; i++) {
    const [fromX, fromY] = points[i]!
    const [toX, toY] = points[(i + 1) % points.length]!
    // Half-open, so that a corner on the line counts once and edges always come in pairs.
    if (fromY <= y === toY <= y) continue
    crossings.push(fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX))
  }
  return crossings
}

function markEllipse(marked: Bitmap, points: Point[]): void {
  const [one, other] = points
  if (!one || !other) throw new RangeError('an ellipse needs two corners of its box')
  const middleX = (one[0] + other[0]) / 2
  const middleY = (one[1] + other[1]) / 2
  const radiusX = Math.abs(other[0] - one[0]) / 2
  const radiusY = Math.abs(other[1] - one[1]) / 2
  if (radiusX === 0 || radiusY === 0) return
  for (let y = 0; y < marked.height; y++) {
    const up = ((y + 0.5) / marked.height - middleY) / radiusY
    if (up * up >= 1) continue
    const half = Math.sqrt(1 - up * up) * radiusX
    markRow(marked, y, firstCentre((middleX - half) * marked.width), firstCentre((middleX + half) * marked.width))
  }
}

/** What a round brush touches along a line; `radius` is 0..1 of the longest edge, and never less than half a pixel. */
export function markStroke({ width, height }: Size, points: Point[], radius: number): Bitmap {
  const marked = createBitmap(width, height)
  const reach = Math.max(0.5, radius * Math.max(width, height))
  const line = points.map(([x, y]): Point => [x * width, y * height])
  line.forEach((to, i) => {
    markDisc(marked, to, reach)
    const from = line[i - 1]
    if (from) markBand(marked, from, to, reach)
  })
  return marked
}

function markDisc(marked: Bitmap, [x, y]: Point, reach: number): void {
  // A brush smaller than a pixel still marks the one it points at.
  markRow(marked, Math.floor(y), Math.floor(x), Math.floor(x) + 1)
  for (let row = Math.max(0, firstCentre(y - reach)); row < Math.min(marked.height, y + reach); row++) {
    const up = row + 0.5 - y
    const rest = reach * reach - up * up
    if (rest < 0) continue
    const half = Math.sqrt(rest)
    markRow(marked, row, firstCentre(x - half), firstCentre(x + half))
  }
}

/** The rectangle between two discs. */
function markBand(marked: Bitmap, from: Point, to: Point, reach: number): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.sqrt(dx * dx + dy * dy)
  if (length === 0) return
  const [sideX, sideY] = [(-dy / length) * reach, (dx / length) * reach]
  const corners: Point[] = [
    [from[0] + sideX, from[1] + sideY],
    [to[0] + sideX, to[1] + sideY],
    [to[0] - sideX, to[1] - sideY],
    [from[0] - sideX, from[1] - sideY],
  ]
  const ys = corners.map((corner) => corner[1])
  const last = Math.min(marked.height - 1, Math.floor(Math.max(...ys)))
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= last; y++) {
    const [left, right] = crossingsOf(corners, y + 0.5).sort((one, other) => one - other)
    if (left !== undefined && right !== undefined) markRow(marked, y, firstCentre(left), firstCentre(right))
  }
}

/** Marks the pixels from <= x < to of one row, as far as there are any. */
function markRow({ width, height, data }: Bitmap, y: number, from: number, to: number): void {
  if (y < 0 || y >= height || to <= 0 || from >= width) return
  data.fill(255, y * width + Math.max(0, from), y * width + Math.max(0, Math.min(width, to)))
}

/** The first pixel whose centre lies at or right of `x`, also where `x` is far outside the picture. */
function firstCentre(x: number): number {
  return -Math.floor(0.5 - x)
}
