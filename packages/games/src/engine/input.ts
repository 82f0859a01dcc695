/**
 * What the player does in one tick, packed into one non-negative integer: five button bits, then the pointer's field
 * position (0 = no pointer, else pixel + 1) in nine bits for x and nine for y. All templates share this form, so one
 * recorder, one log and one replay serve them all.
 */
export type Input = number

export const LEFT = 1
export const RIGHT = 2
export const UP = 4
export const DOWN = 8
export const ACTION = 16

export const NO_INPUT: Input = 0
/** The largest value that an input can have; a log that holds more is refused. */
export const MAX_INPUT: Input = (1 << 23) - 1

const POINTER_MAX = 510

/** Adds a pointer position (field pixels, clamped to 0..510) to the buttons. */
export function withPointer(buttons: number, x: number, y: number): Input {
  return (buttons & 31) | (pointerBits(x) << 5) | (pointerBits(y) << 14)
}

/** The pointer's x in field pixels, or -1 without a pointer. */
export function pointerX(input: Input): number {
  return ((input >> 5) & 511) - 1
}

/** The pointer's y in field pixels, or -1 without a pointer. */
export function pointerY(input: Input): number {
  return ((input >> 14) & 511) - 1
}

function pointerBits(pixel: number): number {
  const whole = Math.floor(pixel)
  return 1 + (whole < 0 ? 0 : whole > POINTER_MAX ? POINTER_MAX : whole)
}
