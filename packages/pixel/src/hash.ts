import type { Image } from './image.ts'

/** FNV-1a, 32 bits, over the size and every byte of a picture, as eight hex digits. To compare pixels, not to protect. */
export function hashImage(image: Image): string {
  let hash = 0x811c9dc5
  const add = (byte: number) => {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  for (const edge of [image.width, image.height]) {
    for (let shift = 0; shift < 32; shift += 8) add((edge >>> shift) & 255)
  }
  for (let i = 0; i < image.data.length; i++) add(image.data[i]!)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
