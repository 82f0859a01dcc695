import { toFixed } from '../../engine/fixed.ts'

/** The pet as something that jumps: heights and speeds are fixed point, upwards positive. */
export interface Body {
  y: number
  v: number
  /** Jumps since it last stood, 0 to 2. */
  jumps: number
  /** Ticks for which a press made too early still counts. */
  buffer: number
  /** Ticks for which it may still jump after the ground has gone. */
  coyote: number
  /** Jump was held on the last tick. */
  held: boolean
  ducks: boolean
}

export const STANDING_HEIGHT = toFixed(26)
export const DUCKING_HEIGHT = toFixed(12)
export const HALF_WIDTH = toFixed(9)

const JUMP = 1120
const SECOND_JUMP = 930
/** Rising with jump held: a long press carries almost twice as high as a tap. */
const SOFT_GRAVITY = 42
const GRAVITY = 100
const DIVE_GRAVITY = 260
const MAX_FALL = toFixed(7)
const BUFFER_TICKS = 8
const COYOTE_TICKS = 6
/** A pit's far lip is forgiving this deep; deeper is in the pit. */
export const LIP = toFixed(6)

/** What a step of the body did, as bits. */
export const DID_JUMP = 1
export const DID_JUMP_AGAIN = 2
export const DID_LAND = 4

export function standingBody(): Body {
  return { y: 0, v: 0, jumps: 0, buffer: 0, coyote: 0, held: false, ducks: false }
}

/**
 * Moves the body by one tick. `solid` says whether there is ground below it. Shared by the simulation and its bot, which
 * therefore foresees exactly what will be.
 */
export function stepBody(body: Body, jump: boolean, duck: boolean, solid: boolean, twice: boolean): number {
  const pressed = jump && !body.held
  body.held = jump
  body.buffer = pressed ? BUFFER_TICKS : Math.max(0, body.buffer - 1)
  const stands = solid && body.y <= 0 && body.v <= 0
  if (stands) {
    body.jumps = 0
    body.coyote = COYOTE_TICKS
  } else body.coyote = Math.max(0, body.coyote - 1)

  let did = 0
  if (body.buffer > 0 && body.coyote > 0) {
    body.v = JUMP
    body.jumps = 1
    body.coyote = 0
    body.buffer = 0
    did = DID_JUMP
  } else if (pressed && twice && body.jumps < 2 && !stands) {
    body.v = SECOND_JUMP
    body.jumps = 2
    body.buffer = 0
    did = DID_JUMP_AGAIN
  }
  if (stands && did === 0) {
    body.y = 0
    body.v = 0
    body.ducks = duck
    return 0
  }
  const soft = body.v > 0 && jump && !duck
  body.v = Math.max(-MAX_FALL, body.v - (duck ? DIVE_GRAVITY : soft ? SOFT_GRAVITY : GRAVITY))
  body.y += body.v
  body.ducks = false
  if (solid && body.y <= 0 && body.y > -LIP - MAX_FALL && body.v <= 0) {
    body.y = 0
    body.v = 0
    body.ducks = duck
    return did | DID_LAND
  }
  return did
}

/** Throws the body up out of a pit, with no further jump until it has landed. */
export function throwUp(body: Body): void {
  body.y = 0
  body.v = JUMP
  body.jumps = 2
  body.buffer = 0
  body.coyote = 0
  body.ducks = false
}

export function heightOf(body: Body): number {
  return body.ducks ? DUCKING_HEIGHT : STANDING_HEIGHT
}
