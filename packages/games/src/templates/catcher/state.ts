import type { Progress } from '../../engine/game.ts'
import type { Rng } from '../../engine/prng.ts'
import type { Rules } from './rules.ts'

export const TREAT = 0
export const GOLD = 1
export const HAZARD = 2
export const HEART = 3
export const MAGNET = 4
export const SHIELD = 5
export const SLOW = 6

/** Something that falls. Positions are its centre, fixed point. */
export interface Item {
  id: number
  kind: number
  /** Which of the theme's pictures it wears; no rule depends on it. */
  look: number
  x: number
  y: number
  /** Own fall speed on top of the level's, fixed point a tick. */
  haste: number
  /** Width of its swaying, fixed point; 0 falls straight. */
  sway: number
  phase: number
}

/* What happened in the tick just stepped: the view turns these into sound, particles and numbers. */
export const CAUGHT = 0
export const HURT = 1
export const BLOCKED = 2
export const MISSED = 3
export const POWERED = 4
export const HEALED = 5
export const LEVEL_UP = 6
export const COMBO_UP = 7
export const COMBO_LOST = 8
export const GUST = 9
export const RAIN = 10
export const ENDED = 11

export interface GameEvent {
  type: number
  x: number
  y: number
  /** Points, kind of power, tier or direction, by type. */
  value: number
}

export interface CatcherState extends Progress {
  rules: Rules
  rng: Rng
  /** The pet's middle, fixed point. */
  petX: number
  petV: number
  /** -1 left, 1 right. */
  facing: number
  lives: number
  combo: number
  bestCombo: number
  caught: number
  missesInRow: number
  level: number
  items: Item[]
  nextId: number
  spawnIn: number
  lastTreatX: number
  magnetTicks: number
  shieldTicks: number
  slowTicks: number
  /** Ticks left in which the pet cannot be hurt again. */
  safeTicks: number
  gustTicks: number
  gustDirection: number
  events: GameEvent[]
}
