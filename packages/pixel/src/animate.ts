import { calmColumns, calmRows, resampleColumns, resampleRows } from './calm-lines.ts'
import { copyPixels, createImage, opaqueBounds, type Image, type Rect } from './image.ts'
import type { AnimationName } from './recipe.ts'

export type Frame = { image: Image; durationMs: number }

/** A leg: pixels lifted off the ground, and moved forward (right) at the foot. */
type Leg = { raise: number; shift: number }

/** A posture, in whole pixels: every pixel keeps its palette colour. */
type Pose = {
  durationMs: number
  /** Lower by so many rows; taller where negative. */
  squash?: number
  /** Wider by so many columns on each side. */
  widen?: number
  /** Head forward (right) by so many pixels; the feet stay. */
  lean?: number
  /** The first, third ... leg from the left, and the others. */
  near?: Leg
  far?: Leg
}

/** The unit of movement in pixels: 1 up to 47 px frames, then about 1/32 of the frame. */
export function movementUnit(size: number): number {
  return Math.max(1, Math.floor((size + 16) / 32))
}

/** Room that the movements need around the standing body, in pixels: above, and on each side. */
export function movementRoom(animations: readonly AnimationName[], unit: number): { top: number; side: number } {
  if (animations.length === 0) return { top: 0, side: 0 }
  return {
    top:
      animations.includes('jump') || animations.includes('happy') ? 2 * unit : animations.includes('walk') ? unit : 0,
    side: unit,
  }
}

/**
 * The frames of a movement, made from one standing picture without a skeleton: breathing and stretching take out or
 * double the rows that show least, walking lifts the legs in turn, so that four trot and two stride. A body without a gap
 * between legs (a head, a sitting cat) is not torn apart but rocks: the side whose leg would rise is tilted up. The
 * picture stands on the lowest row of its opaque part and looks right; `movementRoom` around it has to be free.
 */
export function animate(still: Image, name: AnimationName, unit: number): Frame[] {
  const body = opaqueBounds(still)
  const poses = posesOf(name, unit)
  if (!body) return poses.map(({ durationMs }) => ({ image: still, durationMs }))
  const rows = calmRows(still, body, 2 * unit)
  const columns = calmColumns(still, body, 2 * unit)
  const gaps = findGaps(still, body)
  return poses.map((pose) => {
    const near = pose.near ?? standing
    const far = pose.far ?? standing
    const rise = far.raise - near.raise
    if (gaps.length === 0 && rise !== 0) return { image: tilt(still, body, rise), durationMs: pose.durationMs }
    let image = gaps.length === 0 ? still : step(still, body, gaps, near, far)
    image = resampleRows(image, body, rows, -(pose.squash ?? 0))
    image = resampleColumns(image, columns, 2 * (pose.widen ?? 0))
    return { image: shear(image, body, pose.lean ?? 0), durationMs: pose.durationMs }
  })
}

const standing: Leg = { raise: 0, shift: 0 }

function posesOf(name: AnimationName, unit: number): Pose[] {
  if (name === 'idle') {
    const half = Math.floor((unit + 1) / 2)
    return [
      { durationMs: 420 },
      { durationMs: 140, squash: half },
      { durationMs: 420, squash: unit, widen: half },
      { durationMs: 140, squash: half },
    ]
  }
  if (name === 'jump') {
    const tucked = { raise: unit, shift: 0 }
    return [
      { durationMs: 120, squash: 2 * unit, widen: unit },
      { durationMs: 80, squash: -2 * unit, lean: unit },
      { durationMs: 200, squash: -unit, near: tucked, far: tucked },
      { durationMs: 120, squash: unit, widen: unit },
    ]
  }
  if (name === 'happy') {
    return [
      { durationMs: 90, squash: unit, widen: unit },
      { durationMs: 90, squash: -2 * unit, lean: unit },
      { durationMs: 90, squash: unit, widen: unit },
      { durationMs: 90, squash: -2 * unit },
    ]
  }
  const front = { raise: 0, shift: unit }
  const back = { raise: 0, shift: -unit }
  const lifted = { raise: unit, shift: 0 }
  const swinging = { raise: unit, shift: unit }
  return [
    { durationMs: 110, near: front, far: back, lean: unit, squash: unit },
    { durationMs: 90, far: lifted },
    { durationMs: 90, far: swinging, squash: -unit },
    { durationMs: 110, near: back, far: front, lean: unit, squash: unit },
    { durationMs: 90, near: lifted },
    { durationMs: 90, near: swinging, squash: -unit },
  ]
}

/** Moves the legs, the parts of the lowest quarter between gaps, in turn one by `near` and one by `far`. */
function step(still: Image, body: Rect, gaps: number[], near: Leg, far: Leg): Image {
  const height = legHeight(body)
  const top = body.y + body.height - height
  const moved = createImage(still.width, still.height)
  copyPixels(still, { x: 0, y: 0, width: still.width, height: top }, moved, 0, 0)
  const edges = [body.x, ...gaps, body.x + body.width]
  for (let i = 0; i + 1 < edges.length; i++) {
    const leg = i % 2 === 0 ? near : far
    for (let y = top; y < top + height - leg.raise; y++) {
      // The further down, the further forward: the hip stays where it is.
      const shift = Math.trunc((leg.shift * (y - top + 1)) / (height - leg.raise))
      const row = { x: edges[i]!, y: y + leg.raise, width: edges[i + 1]! - edges[i]!, height: 1 }
      stamp(still, row, moved, edges[i]! + shift, y)
    }
  }
  return moved
}

/** The middle column of each gap between legs: columns of which at least half is air, with a leg on either side. */
function findGaps(still: Image, body: Rect): number[] {
  const bottom = body.y + body.height
  const top = bottom - legHeight(body)
  const gaps: number[] = []
  let lastLeg: number | null = null
  for (let x = body.x; x < body.x + body.width; x++) {
    let filled = 0
    for (let y = top; y < bottom; y++) if (still.data[(y * still.width + x) * 4 + 3]) filled++
    if (filled * 2 <= bottom - top) continue
    if (lastLeg !== null && x - lastLeg > 1) gaps.push(Math.floor((lastLeg + x + 1) / 2))
    lastLeg = x
  }
  return gaps
}

/** Tilts the body by `rise` pixels, right edge up (left one if negative), and lets it down to the ground again. */
function tilt(image: Image, body: Rect, rise: number): Image {
  if (rise === 0) return image
  const tilted = createImage(image.width, image.height)
  const steps = Math.abs(rise) + 1
  for (let column = 0; column < body.width; column++) {
    const along = rise > 0 ? column : body.width - 1 - column
    const up = Math.floor((along * steps) / body.width)
    const x = body.x + column
    copyPixels(image, { x, y: body.y, width: 1, height: body.height }, tilted, x, body.y - up)
  }
  const grounded = createImage(image.width, image.height)
  const bounds = opaqueBounds(tilted) ?? body
  copyPixels(tilted, bounds, grounded, bounds.x, body.y + body.height - bounds.height)
  return grounded
}

function legHeight(body: Rect): number {
  return Math.max(2, Math.floor(body.height / 4))
}

function shear(image: Image, body: Rect, lean: number): Image {
  if (lean === 0) return image
  const sheared = createImage(image.width, image.height)
  const ground = body.y + body.height
  for (let y = 0; y < image.height; y++) {
    const shift = Math.min(lean, Math.max(0, Math.floor(((lean + 1) * (ground - y - 1)) / body.height)))
    copyPixels(image, { x: 0, y, width: image.width, height: 1 }, sheared, shift, y)
  }
  return sheared
}

/** Like `copyPixels`, but transparent pixels cover nothing. */
function stamp(from: Image, area: Rect, to: Image, x: number, y: number): void {
  for (let column = 0; column < area.width; column++) {
    if (from.data[(area.y * from.width + area.x + column) * 4 + 3] === 0) continue
    copyPixels(from, { x: area.x + column, y: area.y, width: 1, height: area.height }, to, x + column, y)
  }
}
