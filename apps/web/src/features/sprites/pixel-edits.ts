import { editPlace } from '@sparkle/pixel/edits'
import { recipeLimits, type PixelEdit, type PixelEdits } from '@sparkle/pixel/recipe'
import type { SpriteRender } from '@sparkle/pixel/render'

/** Pixels of one frame that get one colour, or none. */
export interface Stroke {
  /** `still`, or a movement's frame such as `walk 2`. */
  frame: string
  /** In pixels of the frame. */
  pixels: readonly (readonly [number, number])[]
  /** '#rrggbb', or null for a transparent pixel. */
  color: string | null
}

/** The frame whose corrections all movements carry. */
export const bodyFrame = 'still 0'

/**
 * The corrections with one more stroke, a pixel's last colour counting. Corrections made on a body of another size are
 * brought to the present one first. Null where there would be more of them than a recipe holds.
 */
export function paintPixels(
  edits: PixelEdits | undefined,
  stroke: Stroke,
  render: Pick<SpriteRender, 'body'>,
  mirrored: boolean,
): PixelEdits | null {
  const { width, height } = render.body
  const pixels = new Map<string, PixelEdit>()
  const put = (edit: PixelEdit) => {
    const key = `${edit.frame ?? ''} ${edit.x} ${edit.y}`
    pixels.delete(key)
    pixels.set(key, edit)
  }
  for (const edit of rescaleEdits(edits, width, height)) put(edit)
  for (const [x, y] of stroke.pixels) {
    const place = editPlace(render.body, mirrored, x, y)
    put({ ...place, color: stroke.color, ...(stroke.frame !== bodyFrame && { frame: stroke.frame }) })
  }
  return pixels.size > recipeLimits.edits ? null : { width, height, pixels: [...pixels.values()] }
}

/** Corrections as they come out on a body of another size: the reckoning of `applyEdits`, written down. */
export function rescaleEdits(edits: PixelEdits | undefined, width: number, height: number): PixelEdit[] {
  if (!edits) return []
  if (edits.width === width && edits.height === height) return edits.pixels
  return edits.pixels.flatMap((edit) => {
    const columns = span(edit.x, edits.width, width)
    return span(edit.y, edits.height, height).flatMap((y) => columns.map((x) => ({ ...edit, x, y })))
  })
}

function span(at: number, from: number, to: number): number[] {
  const start = Math.floor((at * to) / from)
  const end = Math.max(start + 1, Math.floor(((at + 1) * to) / from))
  return Array.from({ length: end - start }, (_, index) => start + index)
}

/** All pixels between two, both included, as a hand would draw them (J. E. Bresenham, 1965). */
export function pixelLine([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]) {
  const pixels: [number, number][] = []
  const [dx, dy] = [Math.abs(x2 - x1), -Math.abs(y2 - y1)]
  const [stepX, stepY] = [x1 < x2 ? 1 : -1, y1 < y2 ? 1 : -1]
  let [x, y, error] = [x1, y1, dx + dy]
  for (;;) {
    pixels.push([x, y])
    if (x === x2 && y === y2) return pixels
    const twice = 2 * error
    if (twice >= dy) {
      error += dy
      x += stepX
    }
    if (twice <= dx) {
      error += dx
      y += stepY
    }
  }
}
