import type { Image } from '@sparkle/pixel/image'
import type { AsepriteSheet } from '@sparkle/pixel/sheet'

/** A picture as something a canvas can draw. Meant for the eye: sprites survive it, half-transparent pixels may not. */
export function toCanvas(image: Image): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.putImageData(new ImageData(image.data, image.width, image.height), 0, 0)
  return canvas
}

/** The frames of one tag of a sheet (`still`, `idle`, `walk`, `jump`), or none where the sheet does not have it. */
export function framesOfTag(sheet: AsepriteSheet, name: string) {
  const tag = sheet.meta.frameTags.find((one) => one.name === name)
  if (!tag) return []
  return sheet.frames.slice(tag.from, tag.to + 1).map(({ frame, duration }) => ({ ...frame, durationMs: duration }))
}
