import { createImage, type Image } from './image.ts'
import type { Mask, Point } from './recipe.ts'

/** A copy in which everything outside the mask is transparent. A pixel belongs to the mask if its centre does. */
export function applyMask(image: Image, mask: Mask): Image {
  const cut = createImage(image.width, image.height)
  const keep = (y: number, from: number, to: number) => {
    const start = (y * image.width + Math.max(0, from)) * 4
    const end = (y * image.width + Math.min(image.width, to)) * 4
    if (end > start) cut.data.set(image.data.subarray(start, end), start)
  }
  if (mask.shape === 'polygon') fillPolygon(mask.points, image, keep)
  else fillEllipse(mask.points, image, keep)
  return cut
}

type Size = { width: number; height: number }
/** Keeps the pixels from <= x < to of one row. */
type Keep = (y: number, from: number, to: number) => void

/** Scan-line fill by the even-odd rule: on each row, inside lies between the 1st and 2nd, 3rd and 4th ... crossing. */
function fillPolygon(points: Point[], size: Size, keep: Keep): void {
  for (let y = 0; y < size.height; y++) {
    const crossings = crossingsOf(points, (y + 0.5) / size.height)
    crossings.sort((one, other) => one - other)
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      keep(y, firstCentre(crossings[i]! * size.width), firstCentre(crossings[i + 1]! * size.width))
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

function fillEllipse(points: Point[], size: Size, keep: Keep): void {
  const [one, other] = points
  if (!one || !other) throw new RangeError('an ellipse needs two corners of its box')
  const middleX = (one[0] + other[0]) / 2
  const middleY = (one[1] + other[1]) / 2
  const radiusX = Math.abs(other[0] - one[0]) / 2
  const radiusY = Math.abs(other[1] - one[1]) / 2
  if (radiusX === 0 || radiusY === 0) return
  for (let y = 0; y < size.height; y++) {
    const up = ((y + 0.5) / size.height - middleY) / radiusY
    if (up * up >= 1) continue
    const half = Math.sqrt(1 - up * up) * radiusX
    keep(y, firstCentre((middleX - half) * size.width), firstCentre((middleX + half) * size.width))
  }
}

/** The first pixel whose centre lies at or right of `x`, also where `x` is far outside the picture. */
function firstCentre(x: number): number {
  return -Math.floor(0.5 - x)
}
