import { copyPixels, createImage, opaqueBounds, type Image, type Rect } from './image.ts'
import type { Area } from './recipe.ts'

/** The area in whole pixels: inside the picture, at least one pixel wide and high. */
export function pixelArea(area: Area, width: number, height: number): Rect {
  const [x, right] = pixelSpan(area.x, area.width, width)
  const [y, bottom] = pixelSpan(area.y, area.height, height)
  return { x, y, width: right - x, height: bottom - y }
}

/** A copy of a part; `rect` has to lie inside the picture. */
export function cropImage(image: Image, rect: Rect): Image {
  const part = createImage(rect.width, rect.height)
  copyPixels(image, rect, part, 0, 0)
  return part
}

/** Cuts the empty border away, so that the pet fills its frame and stands on the ground; `null` if all is empty. */
export function trimImage(image: Image): Image | null {
  const bounds = opaqueBounds(image)
  return bounds && cropImage(image, bounds)
}

function pixelSpan(start: number, length: number, edge: number): [number, number] {
  const from = Math.min(edge - 1, Math.max(0, Math.floor(start * edge + 0.5)))
  const to = Math.min(edge, Math.max(from + 1, Math.floor((start + length) * edge + 0.5)))
  return [from, to]
}
