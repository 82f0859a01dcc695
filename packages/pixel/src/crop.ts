import type { Rect } from './image.ts'
import type { Area } from './recipe.ts'

/** The area in whole pixels: inside the picture, at least one pixel wide and high. */
export function pixelArea(area: Area, width: number, height: number): Rect {
  const [x, right] = pixelSpan(area.x, area.width, width)
  const [y, bottom] = pixelSpan(area.y, area.height, height)
  return { x, y, width: right - x, height: bottom - y }
}

function pixelSpan(start: number, length: number, edge: number): [number, number] {
  const from = Math.min(edge - 1, Math.max(0, Math.floor(start * edge + 0.5)))
  const to = Math.min(edge, Math.max(from + 1, Math.floor((start + length) * edge + 0.5)))
  return [from, to]
}
