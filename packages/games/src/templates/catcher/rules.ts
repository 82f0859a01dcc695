import { ONE, toFixed } from '../../engine/fixed.ts'
import { TICKS_PER_SECOND, type Medals } from '../../engine/game.ts'
import type { Difficulty } from '../../template.ts'
import type { CatcherConfig } from './config.ts'

export const FIELD = { width: 180, height: 264 }
/** Where the pet's paws stand. */
export const GROUND_Y = 236
/** Items start above the field, so that tall screens see them come and none pops up in mid-air. */
export const SPAWN_Y = -96
export const READY_TICKS = 150
export const LEVEL_TICKS = 10 * TICKS_PER_SECOND
export const RAIN_TICKS = 8 * TICKS_PER_SECOND
export const MAX_COMBO_TIER = 5
/** Catches in a row that raise the multiplier by one. */
export const COMBO_STEP = 5

/** What a missed treat does to the combo. */
export const MISS_FORGIVEN = 0
export const MISS_HALVES = 1
export const MISS_BREAKS = 2

/** Everything difficulty and features decide, as integers; part of the state, so that the hash covers it. */
export interface Rules {
  playTicks: number
  lives: number
  /** Half the width in which the pet catches, fixed point. */
  reach: number
  /** Half the width in which a bad thing hurts: smaller than `reach`, because near misses should feel lucky. */
  hurtReach: number
  petSpeed: number
  fallSpeed: number
  /** Added to the fall speed with each level of ten seconds. */
  fallRamp: number
  spawnTicks: number
  spawnFloor: number
  /** Ticks by which the pause between items shrinks with each level. */
  spawnRamp: number
  /** Bad things in 256 items. */
  hazardShare: number
  /** Items in 256 that sway while they fall. */
  swayShare: number
  /** Sideways push of a gust, fixed point a tick; 0 = no wind. */
  wind: number
  onMiss: number
  /** Missed treats in a row that cost a heart; 0 = never. */
  missesPerHeart: number
  pointFactor: number
  golden: boolean
  powerUps: boolean
  hearts: boolean
  rain: boolean
}

type Feel = Omit<Rules, 'playTicks' | 'pointFactor' | 'golden' | 'powerUps' | 'hearts' | 'rain'>

/*
 * Easy is a stroll for small children: much room, no punishment for a miss. Medium asks for attention: misses halve the
 * combo and bad things sway. Hard is another game: gusts of wind, a narrow reach, and dropped treats cost hearts.
 */
const FEEL: Record<Difficulty, Feel> = {
  easy: {
    lives: 5,
    reach: toFixed(23),
    hurtReach: toFixed(11),
    petSpeed: toFixed(3),
    fallSpeed: 290,
    fallRamp: 14,
    spawnTicks: 50,
    spawnFloor: 34,
    spawnRamp: 3,
    hazardShare: 34,
    swayShare: 0,
    wind: 0,
    onMiss: MISS_FORGIVEN,
    missesPerHeart: 0,
  },
  medium: {
    lives: 3,
    reach: toFixed(19),
    hurtReach: toFixed(13),
    petSpeed: 850,
    fallSpeed: 370,
    fallRamp: 30,
    spawnTicks: 42,
    spawnFloor: 22,
    spawnRamp: 4,
    hazardShare: 70,
    swayShare: 64,
    wind: 0,
    onMiss: MISS_HALVES,
    missesPerHeart: 0,
  },
  hard: {
    lives: 3,
    reach: toFixed(16),
    hurtReach: toFixed(14),
    petSpeed: 960,
    fallSpeed: 470,
    fallRamp: 44,
    spawnTicks: 36,
    spawnFloor: 17,
    spawnRamp: 4,
    hazardShare: 100,
    swayShare: 110,
    wind: 150,
    onMiss: MISS_BREAKS,
    missesPerHeart: 5,
  },
}

export function rulesOf(config: CatcherConfig): Rules {
  const feel = FEEL[config.difficulty]
  const has = (feature: CatcherConfig['features'][number]) => config.features.includes(feature)
  const double = has('double-speed')
  return {
    ...feel,
    fallSpeed: double ? feel.fallSpeed * 2 : feel.fallSpeed,
    // Half as fast again is enough for the pet: the field stays as wide as it was.
    petSpeed: double ? Math.trunc((feel.petSpeed * 3) / 2) : feel.petSpeed,
    playTicks: config.durationSeconds * TICKS_PER_SECOND,
    pointFactor: double ? 2 : 1,
    golden: has('golden-treats'),
    powerUps: has('power-ups'),
    hearts: has('extra-hearts'),
    rain: has('treat-rain'),
  }
}

/** By difficulty, for a minute of play; another length scales them. */
const MEDALS: Record<Difficulty, Medals> = {
  easy: [600, 1400, 2200],
  medium: [500, 1300, 2400],
  hard: [300, 900, 2000],
}

export function medalsOf(config: CatcherConfig): Medals {
  const factor = config.features.includes('double-speed') ? 2 : 1
  const scaled = (score: number) => Math.trunc((score * factor * config.durationSeconds) / 60 / 10) * 10
  const [bronze, silver, gold] = MEDALS[config.difficulty]
  return [scaled(bronze), scaled(silver), scaled(gold)]
}

/** Fall speed while the `slow` power-up lasts, in 1/256. */
export const SLOW_FACTOR = ONE / 2
