import { toFixed } from '../../engine/fixed.ts'
import { TICKS_PER_SECOND, type Medals } from '../../engine/game.ts'
import type { Difficulty } from '../../template.ts'
import type { RunnerConfig } from './config.ts'

export const FIELD = { width: 230, height: 200 }
/** Row of the field on which the pet runs. */
export const GROUND_Y = 172
/** Where in the field the pet is; the way moves under it. */
export const PET_X = 52
/** A finger left of this ducks, right of it jumps. */
export const DUCK_ZONE = 66
export const READY_TICKS = 150
export const LEVEL_TICKS = 12 * TICKS_PER_SECOND
export const METRE = toFixed(16)
export const MAX_COMBO_TIER = 5
/** Treats in a row, without a hit, that raise the multiplier by one. */
export const COMBO_STEP = 8

/** What a hit does to the streak. */
export const HIT_FORGIVEN = 0
export const HIT_HALVES = 1
export const HIT_BREAKS = 2

/** Everything difficulty and features decide, as integers; part of the state, so that the hash covers it. */
export interface Rules {
  playTicks: number
  lives: number
  /** Which obstacles come: 0 easy, 1 medium, 2 hard (`patterns.ts`). */
  patterns: number
  /** Fixed point a tick: at the start, more with each level, and the most. */
  speed: number
  speedRamp: number
  topSpeed: number
  /** Ticks of plain ground between two patterns: at the start, fewer with each level, and the least. */
  gapTicks: number
  gapRamp: number
  gapFloor: number
  /** By how much obstacles are smaller than they look, on each side: grazing them does not hurt. */
  slack: number
  onHit: number
  golden: boolean
  powerUps: boolean
  hearts: boolean
  twice: boolean
}

type Feel = Omit<Rules, 'playTicks' | 'golden' | 'powerUps' | 'hearts' | 'twice'>

/*
 * Easy is a walk in the park: single low things, nothing to duck from, no pits, a hit keeps the streak. Medium has pits
 * and birds and gets quick. Hard chains them closely, sends things rolling and flying up and down, and one hit ends the
 * streak.
 */
const FEEL: Record<Difficulty, Feel> = {
  easy: {
    lives: 5,
    patterns: 0,
    speed: 500,
    speedRamp: 18,
    topSpeed: 720,
    gapTicks: 84,
    gapRamp: 3,
    gapFloor: 60,
    slack: toFixed(4),
    onHit: HIT_FORGIVEN,
  },
  medium: {
    lives: 3,
    patterns: 1,
    speed: 640,
    speedRamp: 36,
    topSpeed: 1060,
    gapTicks: 66,
    gapRamp: 3,
    gapFloor: 48,
    slack: toFixed(3),
    onHit: HIT_HALVES,
  },
  hard: {
    lives: 3,
    patterns: 2,
    speed: 800,
    speedRamp: 46,
    topSpeed: 1260,
    gapTicks: 54,
    gapRamp: 2,
    gapFloor: 44,
    slack: toFixed(2),
    onHit: HIT_BREAKS,
  },
}

export function rulesOf(config: RunnerConfig): Rules {
  const has = (feature: RunnerConfig['features'][number]) => config.features.includes(feature)
  return {
    ...FEEL[config.difficulty],
    playTicks: config.durationSeconds * TICKS_PER_SECOND,
    golden: has('golden-treats'),
    powerUps: has('power-ups'),
    hearts: has('extra-hearts'),
    twice: has('double-jump'),
  }
}

/** By difficulty, for runs of up to a minute and a half; a shorter way home has nearer goals. */
const MEDALS: Record<Difficulty, Medals> = {
  easy: [1200, 4500, 10_000],
  medium: [1500, 5500, 12_000],
  hard: [1200, 5000, 11_000],
}
const FULL_SECONDS = 90

export function medalsOf(config: RunnerConfig): Medals {
  const seconds = Math.min(config.durationSeconds, FULL_SECONDS)
  const scaled = (score: number) => Math.trunc((score * seconds) / FULL_SECONDS / 10) * 10
  const [bronze, silver, gold] = MEDALS[config.difficulty]
  return [scaled(bronze), scaled(silver), scaled(gold)]
}

/** The way's speed on a level, fixed point a tick. */
export function speedAt(rules: Rules, level: number): number {
  return Math.min(rules.topSpeed, rules.speed + rules.speedRamp * level)
}
