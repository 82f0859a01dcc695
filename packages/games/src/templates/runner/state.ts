import type { Progress } from '../../engine/game.ts'
import type { Rng } from '../../engine/prng.ts'
import type { Body } from './body.ts'
import type { Rules } from './rules.ts'

/* What lies along the way. */
export const LOW = 0
export const TALL = 1
export const WIDE = 2
/** Flies at the pet's face: duck, or jump high. */
export const FLYER = 3
/** A flyer that rises and sinks; ducking is always right. */
export const BOBBER = 4
/** Rolls towards the pet. */
export const ROLLER = 5
export const PIT = 6
export const TREAT = 7
export const GOLD = 8
export const HEART = 9
export const MAGNET = 10
export const SHIELD = 11

/** One thing on the way. Lengths are fixed point; `x` is its left edge along the way, `y` its lower edge above the ground. */
export interface Thing {
  id: number
  kind: number
  /** Which of the theme's pictures it wears; no rule depends on it. */
  look: number
  x: number
  y: number
  width: number
  height: number
  /** Own speed against the pet, fixed point a tick. */
  rolls: number
  /** Where in its up and down a bobber is, 1/256 of a turn. */
  phase: number
  /** The pet has it behind it: near misses are counted once. */
  passed: boolean
}

/* What happened in the tick just stepped. */
export const JUMPED = 0
export const JUMPED_AGAIN = 1
export const LANDED = 2
export const TOOK = 3
export const HURT = 4
export const FELL = 5
export const BLOCKED = 6
export const POWERED = 7
export const HEALED = 8
export const CLOSE = 9
export const LEVEL_UP = 10
export const COMBO_UP = 11
export const COMBO_LOST = 12
export const HOME = 13
export const OVER = 14

export interface GameEvent {
  type: number
  /** Along the way and above the ground, fixed point. */
  x: number
  y: number
  /** Points, lives, kind or tier, by type. */
  value: number
}

export interface RunnerState extends Progress {
  rules: Rules
  rng: Rng
  /** How far the pet has run, fixed point: its middle. */
  x: number
  speed: number
  level: number
  body: Body
  /** Where the finger came down, in field pixels; -1 without one. Swiping down from there ducks. */
  pressY: number
  lives: number
  combo: number
  bestCombo: number
  treats: number
  /** Metres already counted in the score. */
  metres: number
  safeTicks: number
  magnetTicks: number
  shieldTicks: number
  things: Thing[]
  nextId: number
  /** Where along the way the next pattern begins, fixed point. */
  nextX: number
  /** The last pattern, so that none comes twice in a row. */
  lastPattern: number
  events: GameEvent[]
}
