import type { Area, Mask, Point } from '@sparkle/pixel/recipe'

/** A corner or edge of a box, by compass. */
export const edges = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Edge = (typeof edges)[number]

export const wholePhoto: Area = { x: 0, y: 0, width: 1, height: 1 }
/** A box is never smaller than this share of the photo, so that its handles stay apart. */
const smallest = 0.04
/** The API takes at most 2,000 points; fewer are as good to the eye and quicker to fill. */
const mostPoints = 400

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** The box after a corner or edge was dragged by (dx, dy); the opposite side stays where it is. */
export function resizeArea(area: Area, edge: Edge, dx: number, dy: number): Area {
  const right = area.x + area.width
  const bottom = area.y + area.height
  const left = edge.includes('w') ? clamp(area.x + dx, 0, right - smallest) : area.x
  const top = edge.includes('n') ? clamp(area.y + dy, 0, bottom - smallest) : area.y
  const newRight = edge.includes('e') ? clamp(right + dx, area.x + smallest, 1) : right
  const newBottom = edge.includes('s') ? clamp(bottom + dy, area.y + smallest, 1) : bottom
  return { x: left, y: top, width: newRight - left, height: newBottom - top }
}

/** The box moved by (dx, dy) as far as the photo allows. */
export function moveArea(area: Area, dx: number, dy: number): Area {
  return { ...area, x: clamp(area.x + dx, 0, 1 - area.width), y: clamp(area.y + dy, 0, 1 - area.height) }
}

/** Where a corner or edge of a box lies; edges have their handle in the middle. */
export function placeOf(area: Area, edge: Edge): Point {
  const x = edge.includes('w') ? 0 : edge.includes('e') ? 1 : 0.5
  const y = edge.includes('n') ? 0 : edge.includes('s') ? 1 : 0.5
  return [area.x + x * area.width, area.y + y * area.height]
}

export function isWholePhoto(area: Area): boolean {
  return area.x <= 0 && area.y <= 0 && area.width >= 1 && area.height >= 1
}

/** The box around a mask. */
export function boxOf({ points }: Mask): Area {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

export function ellipseIn({ x, y, width, height }: Area): Mask {
  // Sums of fractions can come out a hair above 1, which the API refuses.
  return {
    shape: 'ellipse',
    points: [
      [x, y],
      [Math.min(1, x + width), Math.min(1, y + height)],
    ],
  }
}

/** The mask moved by (dx, dy) as far as the photo allows. */
export function moveMask(mask: Mask, dx: number, dy: number): Mask {
  const box = boxOf(mask)
  const moved = moveArea(box, dx, dy)
  const shift = ([x, y]: Point): Point => [clamp(x + moved.x - box.x, 0, 1), clamp(y + moved.y - box.y, 0, 1)]
  return { ...mask, points: mask.points.map(shift) }
}

/**
 * The drawn line as a polygon, or null where it encloses nothing. Thinned by leaving out points, more of them the longer
 * the line is.
 */
export function lassoMask(line: readonly Point[]): Mask | null {
  const step = Math.max(1, Math.ceil(line.length / mostPoints))
  const points = line.filter((_, index) => index % step === 0).map(([x, y]): Point => [round(x), round(y)])
  if (points.length < 3) return null
  const box = boxOf({ shape: 'polygon', points })
  return box.width < smallest || box.height < smallest ? null : { shape: 'polygon', points }
}

/** A ten-thousandth of the photo is a tenth of a pixel of the work image. */
function round(value: number): number {
  return Math.round(clamp(value, 0, 1) * 10_000) / 10_000
}
