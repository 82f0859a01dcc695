import type { Image, Rect } from './image.ts'
import { labOfColor, parseHex } from './oklab.ts'
import { nearestColor } from './palette.ts'
import type { PixelEdit, PixelEdits } from './recipe.ts'

/** The place of an edit for a pixel of a frame, or back: the same reckoning both ways. `body` is `SpriteRender.body`. */
export function editPlace(body: Rect, mirrored: boolean, x: number, y: number): { x: number; y: number } {
  return { x: mirrored ? body.x + body.width - 1 - x : x - body.x, y: y - body.y }
}

export type EditLayer = {
  body: Rect
  mirrored: boolean
  /** The sprite's colours, 0xrrggbb; not empty. */
  palette: number[]
  /** Pixels this near to the frame's edge stay as they are. */
  margin: number
}

/** Draws corrections over a frame; later ones cover earlier ones. `frame` chooses those of one frame or, if absent, all others. */
export function applyEdits(image: Image, edits: PixelEdits, frame: string | undefined, layer: EditLayer): Image {
  const chosen = edits.pixels.filter((edit) => edit.frame === frame)
  if (chosen.length === 0) return image
  const edited = { ...image, data: new Uint8ClampedArray(image.data) }
  const labs = layer.palette.map(labOfColor)
  const paint = painter(edited, layer)
  for (const edit of chosen) {
    const color = edit.color === null ? null : layer.palette[nearestColor(labs, ...labOfColor(parseHex(edit.color)))]!
    const { left, right, top, bottom } = scaled(edit, edits, layer.body)
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) paint(x, y, color)
  }
  return edited
}

/** The pixels that one edit covers on a body of another size than it was made on. */
function scaled({ x, y }: PixelEdit, edits: PixelEdits, body: Rect) {
  const [left, right] = span(x, edits.width, body.width)
  const [top, bottom] = span(y, edits.height, body.height)
  return { left, right, top, bottom }
}

function span(at: number, from: number, to: number): [number, number] {
  const start = Math.floor((at * to) / from)
  return [start, Math.max(start + 1, Math.floor(((at + 1) * to) / from))]
}

function painter(image: Image, { body, mirrored, margin }: EditLayer) {
  return (x: number, y: number, color: number | null) => {
    const frameX = mirrored ? body.x + body.width - 1 - x : body.x + x
    const frameY = body.y + y
    if (frameX < margin || frameX >= image.width - margin) return
    if (frameY < margin || frameY >= image.height - margin) return
    const at = (frameY * image.width + frameX) * 4
    image.data.set(color === null ? [0, 0, 0, 0] : [color >> 16, (color >> 8) & 255, color & 255, 255], at)
  }
}
