import type { AnimationName } from './recipe.ts'

/** A leg: pixels lifted off the ground, and moved forward (right) at the foot. */
export type Leg = { raise: number; shift: number }

/** A posture, in whole pixels: every pixel keeps its palette colour. */
export type Pose = {
  durationMs: number
  /** Lower by so many rows; taller where negative. */
  squash?: number
  /** Wider by so many columns on each side. */
  widen?: number
  /** Head forward (right) by so many pixels, back where negative; the feet stay. */
  lean?: number
  /** Off the ground by so many pixels. */
  lift?: number
  /** Ears and tail, as far as they stand up: their tips aside by so many pixels. */
  flick?: number
  /** For a body without legs: turned, its right edge up by so many pixels, its left one where negative. */
  rock?: number
  /** For a body with legs: the first, third ... from the left, and the others. */
  near?: Leg
  far?: Leg
}

/** The postures of a movement for a frame whose unit of movement is so many pixels; `stride` is how far feet may swing. */
export function posesOf(name: AnimationName, unit: number, stride: number): Pose[] {
  const half = Math.floor((unit + 1) / 2)
  switch (name) {
    case 'idle':
      return [
        { durationMs: 380 },
        { durationMs: 130, squash: half },
        { durationMs: 360, squash: unit, widen: half },
        { durationMs: 130, squash: half },
        { durationMs: 260 },
        { durationMs: 90, flick: unit },
        { durationMs: 90 },
        { durationMs: 110, flick: unit },
      ]
    case 'walk':
      return walk(unit, half, stride)
    case 'jump':
      return jump(unit, half)
    case 'happy':
      return [...hop(unit, half, 1), ...hop(unit, half, -1)]
  }
}

/** Contact, passing, swing, and the same with the other legs. Bodies without legs waddle. */
function walk(unit: number, half: number, stride: number): Pose[] {
  const front = { raise: 0, shift: stride }
  const back = { raise: 0, shift: -stride }
  const lifted = { raise: unit, shift: 0 }
  const swinging = { raise: unit, shift: Math.max(unit, stride - half) }
  const trailing = { raise: 0, shift: -Math.floor(stride / 2) }
  return [
    { durationMs: 110, near: front, far: back, lean: half, squash: unit },
    { durationMs: 80, near: { raise: 0, shift: 0 }, far: lifted, rock: unit, flick: half },
    { durationMs: 90, near: trailing, far: swinging, squash: -half, rock: 2 * unit },
    { durationMs: 110, near: back, far: front, lean: half, squash: unit },
    { durationMs: 80, near: lifted, far: { raise: 0, shift: 0 }, rock: -unit, flick: -half },
    { durationMs: 90, near: swinging, far: trailing, squash: -half, rock: -2 * unit },
  ]
}

/** Crouch, launch, rise, float, fall, land. The game moves the sprite up; the frames show the body's own part. */
function jump(unit: number, half: number): Pose[] {
  const tucked = { raise: unit, shift: 0 }
  const kicked = { raise: half, shift: -unit }
  return [
    { durationMs: 100, squash: 2 * unit, widen: unit },
    { durationMs: 80, squash: -2 * unit, lean: unit, near: kicked, far: kicked },
    { durationMs: 110, squash: -unit, near: tucked, far: tucked, lean: half },
    { durationMs: 130, near: tucked, far: tucked, flick: -unit },
    { durationMs: 90, squash: -unit, flick: -half, near: { raise: 0, shift: half }, far: { raise: 0, shift: half } },
    { durationMs: 110, squash: 2 * unit, widen: unit },
  ]
}

/** One hop to a side: crouch, up, top, down. */
function hop(unit: number, half: number, side: 1 | -1): Pose[] {
  const dangling = { raise: 0, shift: side * half }
  return [
    { durationMs: 80, squash: unit, widen: half },
    { durationMs: 70, lift: half, squash: -half, lean: side * half, near: dangling, far: dangling },
    { durationMs: 100, lift: 2 * unit, rock: side * unit, lean: side * half, flick: -side * unit },
    { durationMs: 70, lift: half, squash: -half, flick: -side * half },
  ]
}
