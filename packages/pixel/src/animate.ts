import { calmColumns, calmRows, resampleColumns, resampleRows } from './calm-lines.ts'
import { copyPixels, createImage, opaqueBounds, type Image, type Rect } from './image.ts'
import { posesOf, type Leg, type Pose } from './poses.ts'
import type { AnimationName } from './recipe.ts'
import { findTips, flickTips, type Tip } from './tips.ts'

export type Frame = { image: Image; durationMs: number }

/** The unit of movement in pixels: 1 up to 47 px frames, then about 1/32 of the frame. */
export function movementUnit(size: number): number {
  return Math.max(1, Math.floor((size + 16) / 32))
}

/** Room that the movements need around the standing body, in pixels: above, and on each side. */
export function movementRoom(animations: readonly AnimationName[], unit: number): { top: number; side: number } {
  if (animations.length === 0) return { top: 0, side: 0 }
  const moves = animations.some((name) => name !== 'idle')
  return { top: animations.includes('happy') ? 3 * unit : moves ? 2 * unit : 0, side: unit }
}

/**
 * The frames of a movement, made from one standing picture without a skeleton: breathing and stretching take out or
 * double the rows that show least, walking swings the legs in turn, so that four trot and two stride, and what stands up
 * (ears, a tail) flicks. A body without a gap between legs (a head, a sitting cat) is not torn apart but waddles. The
 * picture stands on the lowest row of its opaque part and looks right; `movementRoom` around it has to be free.
 */
export function animate(still: Image, name: AnimationName, unit: number): Frame[] {
  const body = opaqueBounds(still)
  if (!body) return posesOf(name, unit, unit).map(({ durationMs }) => ({ image: still, durationMs }))
  const parts: Parts = {
    body,
    rows: calmRows(still, body, 2 * unit),
    columns: calmColumns(still, body, 2 * unit),
    legs: findLegs(still, body),
    tips: findTips(still, body),
    unit,
  }
  const stride = Math.max(unit, Math.floor(legHeight(body) / 3))
  return posesOf(name, unit, stride).map((pose) => ({ image: strike(still, parts, pose), durationMs: pose.durationMs }))
}

type Parts = {
  body: Rect
  /** Rows and columns that may be taken out or doubled, best first. */
  rows: number[]
  columns: number[]
  /** Spans of columns; none where the lowest quarter has no gap. */
  legs: Span[]
  tips: Tip[]
  unit: number
}

type Span = { from: number; to: number }

function strike(still: Image, { body, rows, columns, legs, tips, unit }: Parts, pose: Pose): Image {
  let image = flickTips(still, tips, pose.flick ?? 0)
  if (legs.length > 0) image = step(image, body, legs, pose.near ?? standing, pose.far ?? standing, unit)
  image = resampleRows(image, body, rows, -(pose.squash ?? 0))
  image = resampleColumns(image, columns, 2 * (pose.widen ?? 0))
  if (legs.length === 0 && pose.rock) return lift(rock(image, body, pose.rock, unit), pose.lift ?? 0)
  return lift(shear(image, body, pose.lean ?? 0), pose.lift ?? 0)
}

const standing: Leg = { raise: 0, shift: 0 }

/** Moves the legs, the parts of the lowest quarter between gaps, in turn one by `near` and one by `far`. */
function step(still: Image, body: Rect, legs: Span[], near: Leg, far: Leg, room: number): Image {
  const height = legHeight(body)
  const top = body.y + body.height - height
  const moved = createImage(still.width, still.height)
  copyPixels(still, { x: 0, y: 0, width: still.width, height: top }, moved, 0, 0)
  // Every second leg is the farther one, and drawn first.
  for (const side of [1, 0]) {
    legs.forEach(({ from, to }, i) => {
      if (i % 2 !== side) return
      const leg = side === 0 ? near : far
      const most = Math.min(body.x + body.width + room - to, Math.max(body.x - room - from, leg.shift))
      for (let y = top; y < top + height - leg.raise; y++) {
        // The further down, the further forward: the hip stays where it is.
        const shift = Math.trunc((most * (y - top + 1)) / (height - leg.raise))
        stamp(still, { x: from, y: y + leg.raise, width: to - from, height: 1 }, moved, from + shift, y)
      }
    })
  }
  return moved
}

/** The legs: what the lowest quarter falls into where at least half of a column is air, split in the middle of the air. */
function findLegs(still: Image, body: Rect): Span[] {
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
  if (gaps.length === 0) return []
  const edges = [body.x, ...gaps, body.x + body.width]
  return gaps.concat(0).map((_, i) => ({ from: edges[i]!, to: edges[i + 1]! }))
}

/**
 * Turns the body by a small angle, right edge up by `rise` pixels: columns up and down, then rows aside, both about the
 * middle, which for so small an angle is a rotation. It is let down to the ground again.
 */
function rock(image: Image, body: Rect, rise: number, room: number): Image {
  const upright = createImage(image.width, image.height)
  const turned = createImage(image.width, image.height)
  for (let x = 0; x < image.width; x++) {
    const up = rounded((rise * (2 * (x - body.x) + 1 - body.width)) / (2 * body.width))
    copyPixels(image, { x, y: 0, width: 1, height: image.height }, upright, x, -up)
  }
  const bounds = opaqueBounds(upright) ?? body
  const swing = Math.min(2 * room, Math.max(-2 * room, (rise * body.height) / body.width))
  for (let row = 0; row < bounds.height; row++) {
    const aside = rounded((swing * (2 * row + 1 - bounds.height)) / (2 * bounds.height))
    const y = body.y + body.height - bounds.height + row
    copyPixels(upright, { x: 0, y: bounds.y + row, width: image.width, height: 1 }, turned, aside, y)
  }
  return turned
}

function rounded(value: number): number {
  return value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5)
}

function legHeight(body: Rect): number {
  return Math.max(2, Math.floor(body.height / 4))
}

function shear(image: Image, body: Rect, lean: number): Image {
  if (lean === 0) return image
  const sheared = createImage(image.width, image.height)
  const ground = body.y + body.height
  const most = Math.abs(lean)
  for (let y = 0; y < image.height; y++) {
    const shift = Math.min(most, Math.max(0, Math.floor(((most + 1) * (ground - y - 1)) / body.height)))
    copyPixels(image, { x: 0, y, width: image.width, height: 1 }, sheared, lean < 0 ? -shift : shift, y)
  }
  return sheared
}

function lift(image: Image, pixels: number): Image {
  if (pixels === 0) return image
  const lifted = createImage(image.width, image.height)
  copyPixels(image, { x: 0, y: 0, width: image.width, height: image.height }, lifted, 0, -pixels)
  return lifted
}

/** Like `copyPixels`, but transparent pixels cover nothing. */
function stamp(from: Image, area: Rect, to: Image, x: number, y: number): void {
  for (let column = 0; column < area.width; column++) {
    if (from.data[(area.y * from.width + area.x + column) * 4 + 3] === 0) continue
    copyPixels(from, { x: area.x + column, y: area.y, width: 1, height: area.height }, to, x + column, y)
  }
}
