import type { Image } from '@sparkle/pixel/image'

const sketchEdge = 512
const thumbEdge = 192

/**
 * A picture in the browser's own decoding, its longest edge at most 512 px: good enough for a sketch. The studio's
 * sprites start from a work image that the server makes, since browsers differ in how they shrink.
 */
export async function readPhoto(url: string): Promise<Image> {
  const { context, width, height } = await shrink(url, sketchEdge)
  return { width, height, data: new Uint8ClampedArray(context.getImageData(0, 0, width, height).data) }
}

/** A small JPEG as a data: URL, to be kept in the draft. */
export async function makeThumb(url: string): Promise<string> {
  const { context } = await shrink(url, thumbEdge)
  return context.canvas.toDataURL('image/jpeg', 0.8)
}

async function shrink(url: string, edge: number) {
  const picture = new Image()
  picture.src = url
  await picture.decode()
  const scale = Math.min(1, edge / Math.max(picture.naturalWidth, picture.naturalHeight))
  const width = Math.max(1, Math.round(picture.naturalWidth * scale))
  const height = Math.max(1, Math.round(picture.naturalHeight * scale))
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('This browser gives no canvas.')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return { context, width, height }
}
