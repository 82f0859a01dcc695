import { toFixed } from '../../engine/fixed.ts'
import { between, chance } from '../../engine/prng.ts'
import { LINE, LONG_ARC, NO_TREATS, patternSets, SHORT_ARC, type Pattern, type Piece } from './patterns.ts'
import { READY_TICKS, speedAt } from './rules.ts'
import * as S from './state.ts'
import type { RunnerState, Thing } from './state.ts'

/** The way is laid this far ahead: further than the widest screen shows. */
const LEAD = toFixed(480)
/** Behind the pet, further than any screen shows. */
const BEHIND = toFixed(300)
/** Rollers start to roll when they are this far away. */
export const ROLL_DISTANCE = toFixed(170)
const ROLL_SPEED = 220
const HOME_STRETCH = toFixed(230)
const MIN_PIT = toFixed(36)

/** Width, height and lower edge of each obstacle, in pixels; a pit's width follows from its span. */
const SIZES = new Map<number, readonly [width: number, height: number, y: number]>([
  [S.LOW, [14, 14, 0]],
  [S.TALL, [14, 30, 0]],
  [S.WIDE, [36, 15, 0]],
  [S.FLYER, [16, 13, 17]],
  [S.BOBBER, [16, 13, 17]],
  [S.ROLLER, [14, 14, 0]],
])
/** Half a treat's side. */
const TREAT = 6
/** Where treats lie: ticks from the piece, and the height of their middle in pixels. */
const PLACES = new Map<number, readonly (readonly [ticks: number, height: number])[]>([
  [
    SHORT_ARC,
    [
      [-9, 30],
      [-2, 40],
      [5, 40],
      [12, 28],
    ],
  ],
  [
    LONG_ARC,
    [
      [-14, 34],
      [-7, 50],
      [0, 56],
      [7, 52],
      [14, 36],
    ],
  ],
  [
    LINE,
    [
      [-14, 8],
      [-7, 8],
      [0, 8],
      [7, 8],
      [14, 8],
    ],
  ],
  [NO_TREATS, []],
])

/** Ticks to go until home. */
export function ticksLeft(state: RunnerState): number {
  return Math.max(0, Math.min(state.rules.playTicks, READY_TICKS + state.rules.playTicks - state.tick))
}

/** Lays patterns until the way reaches far enough ahead, and forgets what lies behind. */
export function layCourse(state: RunnerState): void {
  // The last stretch before home stays free.
  const home = state.x + ticksLeft(state) * state.speed - HOME_STRETCH
  while (state.nextX < Math.min(state.x + LEAD, home)) {
    const set = patternSets[state.rules.patterns] ?? []
    const index = pickPattern(state, set)
    const pattern = set[index]
    if (!pattern) return
    state.lastPattern = index
    layPattern(state, pattern)
  }
  let kept = 0
  for (const thing of state.things) {
    if (thing.x + thing.width < state.x - BEHIND) continue
    state.things[kept] = thing
    kept += 1
  }
  state.things.length = kept
}

/** Any pattern of the level but the last one; the newer ones come a little more often. */
function pickPattern(state: RunnerState, set: readonly Pattern[]): number {
  const open: number[] = []
  set.forEach((pattern, index) => {
    if (pattern.from <= state.level && index !== state.lastPattern) open.push(index)
  })
  const first = between(state.rng, 0, open.length - 1)
  const second = between(state.rng, 0, open.length - 1)
  return open[chance(state.rng, 90) ? Math.max(first, second) : first] ?? 0
}

/** Lays one pattern at `nextX` and moves that on behind it and the plain ground after it. */
export function layPattern(state: RunnerState, pattern: Pattern): void {
  const speed = speedAt(state.rules, state.level)
  let end = state.nextX
  for (const piece of pattern.pieces) {
    const x = state.nextX + piece.at * speed
    end = Math.max(end, layPiece(state, piece, x, speed))
  }
  const { gapTicks, gapRamp, gapFloor } = state.rules
  state.nextX = end + Math.max(gapFloor, gapTicks - gapRamp * state.level) * speed
}

/** Returns where the piece ends. */
function layPiece(state: RunnerState, piece: Piece, x: number, speed: number): number {
  let width = 0
  if (piece.kind === S.PIT) {
    width = Math.max(MIN_PIT, (piece.span ?? 16) * speed)
    add(state, S.PIT, x, 0, width, toFixed(20))
  } else {
    const size = SIZES.get(piece.kind)
    if (size) {
      width = toFixed(size[0])
      const thing = add(state, piece.kind, x, toFixed(size[2]), width, toFixed(size[1]))
      if (piece.kind === S.BOBBER) thing.phase = between(state.rng, 0, 255)
      if (piece.kind === S.ROLLER) {
        thing.rolls = ROLL_SPEED
        thing.x += Math.trunc((ROLL_DISTANCE / (speed + ROLL_SPEED)) * ROLL_SPEED)
      }
    }
  }
  layTreats(state, piece.treats, x + (width >> 1), speed)
  return x + width
}

function layTreats(state: RunnerState, shape: number, middle: number, speed: number): void {
  const { rules, rng } = state
  const places = PLACES.get(shape) ?? []
  const best = places.length >> 1
  places.forEach(([ticks, height], index) => {
    const isBest = index === best
    let kind: number = S.TREAT
    if (isBest && rules.golden && chance(rng, 40)) kind = S.GOLD
    else if (isBest && rules.powerUps && chance(rng, 22)) kind = between(rng, S.MAGNET, S.SHIELD)
    else if (isBest && rules.hearts && state.lives < rules.lives && chance(rng, 44)) kind = S.HEART
    const side = toFixed(TREAT)
    add(state, kind, middle + ticks * speed - side, toFixed(height) - side, side * 2, side * 2)
  })
}

function add(state: RunnerState, kind: number, x: number, y: number, width: number, height: number): Thing {
  const look = between(state.rng, 0, 255)
  const thing = { id: state.nextId, kind, look, x, y, width, height, rolls: 0, phase: 0, passed: false }
  state.nextId += 1
  state.things.push(thing)
  return thing
}
