/** RGBA, eight bits a channel, straight (not premultiplied) alpha, sRGB, rows from the top; the shape of `ImageData`. */
export type Image = { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }

/** A rectangle in whole pixels. */
export type Rect = { x: number; y: number; width: number; height: number }

/** A fully transparent picture. */
export function createImage(width: number, height: number): Image {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) }
}

/** Copies `area` of `from` to (x, y) of `to`, alpha included; whatever falls outside either picture is left out. */
export function copyPixels(from: Image, area: Rect, to: Image, x: number, y: number): void {
  const left = Math.max(0, -area.x, -x)
  const right = Math.min(area.width, from.width - area.x, to.width - x)
  if (right <= left) return
  for (let row = 0; row < area.height; row++) {
    const sourceY = area.y + row
    const targetY = y + row
    if (sourceY < 0 || sourceY >= from.height || targetY < 0 || targetY >= to.height) continue
    const start = (sourceY * from.width + area.x + left) * 4
    to.data.set(from.data.subarray(start, start + (right - left) * 4), (targetY * to.width + x + left) * 4)
  }
}

/** The picture seen in a mirror: left and right change places. */
export function mirrorImage(image: Image): Image {
  const mirrored = createImage(image.width, image.height)
  for (let x = 0; x < image.width; x++) {
    copyPixels(image, { x, y: 0, width: 1, height: image.height }, mirrored, image.width - 1 - x, 0)
  }
  return mirrored
}

/** The smallest rectangle around all pixels at least half opaque, or `null` where there are none. */
export function opaqueBounds(image: Image): Rect | null {
  let left = image.width
  let right = -1
  let top = -1
  let bottom = -1
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (image.data[(y * image.width + x) * 4 + 3]! < 128) continue
      if (top < 0) top = y
      bottom = y
      if (x < left) left = x
      if (x > right) right = x
    }
  }
  return top < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}
