import type { Progress } from '../../engine/game.ts'
import type { Rng } from '../../engine/prng.ts'
import type { Rules } from './rules.ts'

/* Looks: what is on a card. The first ones are the pet in a costume, then the theme's things, then the special pairs. */
export const COSTUMES = 8
export const THINGS = 4
export const LOOKS = COSTUMES + THINGS
export const GOLDEN_LOOK = LOOKS
export const POWER_LOOK = LOOKS + 1
export const HEART_LOOK = LOOKS + 2

/* The parts of a round. */
export const WAITING = 0
export const DEALING = 1
export const PEEKING = 2
export const PLAYING = 3
export const CLEARED = 4

export interface Card {
  look: number
  open: boolean
  found: boolean
  /** The player has seen its face in this round, the first look excepted. */
  seen: boolean
}

/* What happened in the tick just stepped: the view turns these into sound, particles and words. */
export const DEALT = 0
export const TURNED = 1
export const MATCHED = 2
export const MISSED = 3
export const FORGOT = 4
export const COMBO_UP = 5
export const SWAPPED = 6
export const LOOKED = 7
export const HEALED = 8
export const ROUND_DONE = 9
export const ENDED = 10
export const MOVED = 11

export interface GameEvent {
  type: number
  /** Place of the card it is about, or -1. */
  place: number
  /** Points, tier or the other card's place, by type. */
  value: number
}

export interface MemoryState extends Progress {
  rules: Rules
  rng: Rng
  /** Counts from 0. */
  round: number
  part: number
  /** Ticks since this part began. */
  partTicks: number
  clockTicks: number
  columns: number
  rows: number
  /** By place, row after row. */
  cards: Card[]
  /** Places of the cards turned in this move, or -1. */
  first: number
  second: number
  /** Ticks for which the two stay open. */
  holdTicks: number
  lookTicks: number
  swapTicks: number
  swapFrom: number
  swapTo: number
  missesToSwap: number
  cursor: number
  /** The cursor shows once keys or a pad are used, and goes when a finger is. */
  usesKeys: boolean
  /** The input of the tick before: only a new press counts. */
  before: number
  repeatTicks: number
  lives: number
  combo: number
  bestCombo: number
  found: number
  /** Nothing was forgotten in this round yet. */
  perfect: boolean
  /** Whether all rounds were cleared. */
  won: boolean
  events: GameEvent[]
}
