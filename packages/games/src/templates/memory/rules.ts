import { TICKS_PER_SECOND, type Medals } from '../../engine/game.ts'
import type { Difficulty } from '../../template.ts'
import type { MemoryConfig } from './config.ts'

export const FIELD = { width: 180, height: 264 }
/** Where the pet's paws stand. */
export const GROUND_Y = 236

/** The shuffled deck waits for a press; after this it deals by itself. */
export const WAIT_TICKS = 300
/** Cards fly to their places one after the other. */
export const DEAL_TICKS = 40
export const CLEAR_TICKS = 100
export const SWAP_TICKS = 40
/** How long the power pair shows what lies hidden. */
export const LOOK_TICKS = 80
/** A found pair lies open so long before the next card can be turned. */
export const FOUND_TICKS = 22
export const MAX_COMBO_TIER = 5

export const PAIR_POINTS = 100
export const GOLDEN_POINTS = 300
export const SECOND_POINTS = 5
export const PERFECT_POINTS = 250

export interface Board {
  columns: number
  rows: number
}

/** Everything difficulty and features decide, as integers; part of the state, so that the hash covers it. */
export interface Rules {
  rounds: number
  boards: Board[]
  /** All cards lie open so long before the clock starts; 0 = never. */
  peekTicks: number
  baseTicks: number
  ticksPerPair: number
  /** A wrong pair lies open so long, if the player does not go on at once. */
  missTicks: number
  lives: number
  /** Whether turning what one could have known costs a heart. */
  careless: boolean
  /** Wrong pairs between two swaps of hidden cards; 0 = they stay where they are. */
  swapEvery: number
  golden: boolean
  powerUps: boolean
  hearts: boolean
}

type Feel = Omit<Rules, 'rounds' | 'golden' | 'powerUps' | 'hearts'>

const board = (columns: number, rows: number): Board => ({ columns, rows })

/*
 * Easy shows all cards first and forgives everything but the clock. Medium shows them for a moment, and what one has
 * seen one has to know: forgetting costs a heart. Hard shows nothing, and after every second wrong pair two hidden
 * cards change places under the player's eyes.
 */
const FEEL: Record<Difficulty, Feel> = {
  easy: {
    boards: [board(3, 2), board(4, 2), board(4, 3), board(4, 3)],
    peekTicks: 150,
    baseTicks: 20 * TICKS_PER_SECOND,
    ticksPerPair: 5 * TICKS_PER_SECOND,
    missTicks: 64,
    lives: 5,
    careless: false,
    swapEvery: 0,
  },
  medium: {
    boards: [board(4, 3), board(4, 4), board(5, 4), board(5, 4)],
    peekTicks: 80,
    baseTicks: 15 * TICKS_PER_SECOND,
    ticksPerPair: 4 * TICKS_PER_SECOND,
    missTicks: 50,
    lives: 4,
    careless: true,
    swapEvery: 0,
  },
  hard: {
    boards: [board(4, 4), board(5, 4), board(6, 4), board(6, 4)],
    peekTicks: 0,
    baseTicks: 14 * TICKS_PER_SECOND,
    ticksPerPair: 210,
    missTicks: 42,
    lives: 4,
    careless: true,
    swapEvery: 2,
  },
}

/** Wrong pairs between two swaps where the feature brings them to a difficulty that has none. */
const GENTLE_SWAPS = 4

export function rulesOf(config: MemoryConfig): Rules {
  const feel = FEEL[config.difficulty]
  const has = (feature: MemoryConfig['features'][number]) => config.features.includes(feature)
  return {
    ...feel,
    boards: feel.boards.map((one) => ({ ...one })),
    rounds: config.rounds,
    swapEvery: feel.swapEvery === 0 && has('swapping-cards') ? GENTLE_SWAPS : feel.swapEvery,
    golden: has('golden-treats'),
    powerUps: has('power-ups'),
    hearts: has('extra-hearts'),
  }
}

export function boardOf(rules: Rules, round: number): Board {
  return rules.boards[Math.min(round, rules.boards.length - 1)] ?? { columns: 4, rows: 3 }
}

export function roundTicks(rules: Rules, round: number): number {
  const { columns, rows } = boardOf(rules, round)
  return rules.baseTicks + (rules.ticksPerPair * columns * rows) / 2
}

/** Share of the most that a play without a fault brings, in hundredths. */
const MEDAL_SHARES: Record<Difficulty, Medals> = { easy: [30, 55, 80], medium: [25, 50, 80], hard: [20, 45, 75] }

/** By what a faultless play would bring: every pair in a row, half the time left over. */
export function medalsOf(config: MemoryConfig): Medals {
  const rules = rulesOf(config)
  let most = 0
  for (let round = 0; round < rules.rounds; round += 1) {
    const { columns, rows } = boardOf(rules, round)
    const seconds = Math.trunc(roundTicks(rules, round) / TICKS_PER_SECOND / 2)
    most += ((columns * rows) / 2) * PAIR_POINTS * 3 + seconds * SECOND_POINTS + PERFECT_POINTS
  }
  const share = (hundredths: number) => Math.trunc((most * hundredths) / 1000) * 10
  const [bronze, silver, gold] = MEDAL_SHARES[config.difficulty]
  return [share(bronze), share(silver), share(gold)]
}
