import { toFixed } from '../../engine/fixed.ts'
import { COMBO_STEP, GROUND_Y, MAX_COMBO_TIER, MISS_BREAKS, MISS_HALVES } from './rules.ts'
import * as S from './state.ts'
import type { CatcherState, Item } from './state.ts'

/** The pet catches from the top of its head down to just above the ground. */
const CATCH_TOP = toFixed(GROUND_Y - 36)
const CATCH_BOTTOM = toFixed(GROUND_Y - 6)
const LANDED = toFixed(GROUND_Y - 2)
const SAFE_TICKS = 75
const TREAT_POINTS = 10
const GOLD_POINTS = 50
const HEART_POINTS = 25
const POWER_TICKS = { [S.MAGNET]: 360, [S.SHIELD]: 600, [S.SLOW]: 300 } as const

/** The multiplier, 1 to 5: one more for every five catches in a row. */
export function comboTier(state: CatcherState): number {
  return Math.min(MAX_COMBO_TIER, 1 + Math.floor(state.combo / COMBO_STEP))
}

/** Catches what touches the pet and removes what has landed. */
export function meetItems(state: CatcherState): void {
  let kept = 0
  for (const item of state.items) {
    if (!isGone(state, item)) {
      state.items[kept] = item
      kept += 1
    }
  }
  state.items.length = kept
}

function isGone(state: CatcherState, item: Item): boolean {
  const reach = item.kind === S.HAZARD ? state.rules.hurtReach : state.rules.reach
  const touches = item.y >= CATCH_TOP && item.y <= CATCH_BOTTOM && Math.abs(item.x - state.petX) <= reach
  if (touches) return item.kind === S.HAZARD ? hurt(state, item) : take(state, item)
  if (item.y < LANDED) return false
  if (item.kind === S.TREAT || item.kind === S.GOLD) miss(state, item)
  else report(state, S.MISSED, item, item.kind)
  return true
}

function take(state: CatcherState, item: Item): boolean {
  state.missesInRow = 0
  if (item.kind === S.TREAT) catchTreat(state, item, TREAT_POINTS)
  else if (item.kind === S.GOLD) catchTreat(state, item, GOLD_POINTS)
  else if (item.kind === S.HEART) catchHeart(state, item)
  else powerUp(state, item)
  return true
}

function catchTreat(state: CatcherState, item: Item, basePoints: number): void {
  const before = comboTier(state)
  state.combo += 1
  state.caught += 1
  state.bestCombo = Math.max(state.bestCombo, state.combo)
  const points = basePoints * comboTier(state) * state.rules.pointFactor
  state.score += points
  report(state, S.CAUGHT, item, points)
  if (comboTier(state) > before) report(state, S.COMBO_UP, item, comboTier(state))
}

function catchHeart(state: CatcherState, item: Item): void {
  state.lives = Math.min(state.rules.lives, state.lives + 1)
  state.score += HEART_POINTS
  report(state, S.HEALED, item, HEART_POINTS)
}

function powerUp(state: CatcherState, item: Item): void {
  if (item.kind === S.MAGNET) state.magnetTicks = POWER_TICKS[S.MAGNET]
  else if (item.kind === S.SHIELD) state.shieldTicks = POWER_TICKS[S.SHIELD]
  else state.slowTicks = POWER_TICKS[S.SLOW]
  report(state, S.POWERED, item, item.kind)
}

/** While the pet blinks after a hit, bad things pass through it. */
function hurt(state: CatcherState, item: Item): boolean {
  if (state.safeTicks > 0) return false
  state.safeTicks = SAFE_TICKS
  if (state.shieldTicks > 0) {
    state.shieldTicks = 0
    report(state, S.BLOCKED, item, 0)
    return true
  }
  loseCombo(state, item, 0)
  state.lives -= 1
  report(state, S.HURT, item, state.lives)
  return true
}

function miss(state: CatcherState, item: Item): void {
  const { onMiss, missesPerHeart } = state.rules
  report(state, S.MISSED, item, item.kind)
  if (onMiss === MISS_BREAKS) loseCombo(state, item, 0)
  else if (onMiss === MISS_HALVES) loseCombo(state, item, state.combo >> 1)

  state.missesInRow += 1
  if (missesPerHeart === 0 || state.missesInRow < missesPerHeart) return
  state.missesInRow = 0
  state.lives -= 1
  report(state, S.HURT, item, state.lives)
}

function loseCombo(state: CatcherState, item: Item, left: number): void {
  const before = comboTier(state)
  state.combo = left
  if (before > 1 && comboTier(state) < before) report(state, S.COMBO_LOST, item, comboTier(state))
}

function report(state: CatcherState, type: number, item: Item, value: number): void {
  state.events.push({ type, x: item.x, y: item.y, value })
}
