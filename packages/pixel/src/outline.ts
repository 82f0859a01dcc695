import { createImage, type Image } from './image.ts'
import { labOfColor, parseHex, rgbOfLab } from './oklab.ts'
import type { Outline, OutlinePlace } from './recipe.ts'

/**
 * Paints `color` (0xrrggbb) on every transparent pixel beside, above or below an opaque one; for an inner outline, on
 * every opaque pixel beside, above or below a transparent one or at the picture's edge.
 */
export function addOutline(image: Image, color: number, place: OutlinePlace = 'outer'): Image {
  const { width, height } = image
  const outlined = createImage(width, height)
  outlined.data.set(image.data)
  const opaque = (x: number, y: number) =>
    x >= 0 && x < width && y >= 0 && y < height && image.data[(y * width + x) * 4 + 3] === 255
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const other = place === 'inner'
      if (opaque(x, y) !== other) continue
      if (
        opaque(x - 1, y) === other &&
        opaque(x + 1, y) === other &&
        opaque(x, y - 1) === other &&
        opaque(x, y + 1) === other
      )
        continue
      outlined.data.set([color >> 16, (color >> 8) & 255, color & 255, 255], (y * width + x) * 4)
    }
  }
  return outlined
}

/**
 * The outline's colour as 0xrrggbb, or `null` for none. Of a given palette (sorted dark to light) dark and light are its
 * ends; beside an extracted one they are shades of its ends, so that the outline stands out from the darkest fur too.
 */
export function outlineColor(outline: Outline, palette: number[], given: boolean): number | null {
  const dark = palette[0]
  const light = palette[palette.length - 1]
  if (outline.mode === 'none' || dark === undefined || light === undefined) return null
  if (outline.mode === 'color') return parseHex(outline.color ?? '#000000')
  if (given) return outline.mode === 'dark' ? dark : light
  const [lightness, a, b] = labOfColor(outline.mode === 'dark' ? dark : light)
  if (outline.mode === 'dark') return rgbOfLab(Math.max(0.18, Math.min(0.26, lightness * 0.7)), a * 0.8, b * 0.8)
  return rgbOfLab(Math.max(0.97, lightness), a * 0.3, b * 0.3)
}
