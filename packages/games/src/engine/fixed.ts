/** Positions and speeds are integers in 1/256 of a field pixel: exact in every JavaScript engine. */
export const ONE = 256

export function toFixed(pixels: number): number {
  return Math.trunc(pixels * ONE)
}

/** The pixel a fixed-point position lies in (rounds down, also below zero). */
export function toPixel(fixed: number): number {
  return fixed >> 8
}

export function clamp(value: number, min: number, max: number): number {
  return value < min ? min : value > max ? max : value
}

/**
 * A sine-like wave by a parabola, for `phase` in 1/256 of a turn; the result runs from -256 to 256. `Math.sin` is not
 * used because its last bits differ between JavaScript engines.
 */
export function wave(phase: number): number {
  const p = phase & 255
  const half = p & 127
  const height = (half * (128 - half)) >> 4
  return p < 128 ? height : -height
}
