import type { Image } from '@sparkle/pixel/image'

/** In how many pixels two pictures differ, alpha included; all of the larger one's where their sizes differ. */
export function countDifferences(one: Image, other: Image): number {
  if (one.width !== other.width || one.height !== other.height)
    return Math.max(one.width * one.height, other.width * other.height)
  const a = new Uint32Array(one.data.buffer, one.data.byteOffset, one.data.length / 4)
  const b = new Uint32Array(other.data.buffer, other.data.byteOffset, other.data.length / 4)
  return a.reduce((count, pixel, index) => (pixel === b[index] ? count : count + 1), 0)
}
