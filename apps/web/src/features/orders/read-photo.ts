import type { Image } from '@sparkle/pixel/image'
import { isHeic } from '../../lib/file-types.ts'
import { ProblemError } from '../../lib/problem.ts'

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

/**
 * A small picture of a photo, as a data: URL. Every browser shows JPEG, PNG and WebP, so what it cannot show is no picture
 * or a broken one, and is refused with these words before it travels: the studio would refuse it too, but only when the
 * customer has gone. Only Safari shows HEIC: elsewhere such a photo has none, and the studio is the first to see it.
 */
export async function thumbOf(file: File, refusal: string): Promise<string> {
  const url = URL.createObjectURL(file)
  try {
    const { context } = await shrink(url, thumbEdge)
    return context.canvas.toDataURL('image/jpeg', 0.8)
  } catch (error) {
    if (isHeic(file)) return ''
    throw new ProblemError({ status: 0, code: 'client.unreadable_photo', detail: refusal }, error)
  } finally {
    URL.revokeObjectURL(url)
  }
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
