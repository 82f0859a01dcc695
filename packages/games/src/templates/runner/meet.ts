import { clamp, toFixed, wave } from '../../engine/fixed.ts'
import { HALF_WIDTH, heightOf, LIP, STANDING_HEIGHT, throwUp, type Body } from './body.ts'
import { ROLL_DISTANCE } from './course.ts'
import { COMBO_STEP, HIT_BREAKS, HIT_HALVES, MAX_COMBO_TIER } from './rules.ts'
import * as S from './state.ts'
import type { RunnerState, Thing } from './state.ts'

const TREAT_POINTS = 10
const GOLD_POINTS = 60
const HEART_POINTS = 25
const CLOSE_POINTS = 15
const CLOSE = toFixed(6)
const SAFE_TICKS = 90
const MAGNET_TICKS = 420
const SHIELD_TICKS = 900
const MAGNET_REACH = toFixed(74)
const MAGNET_PULL = 1300
/** Treats are taken a little beyond the pet's body. */
const TREAT_REACH = toFixed(4)
const BOB_HEIGHT = 20

/** The multiplier, 1 to 5. */
export function comboTier(state: RunnerState): number {
  return Math.min(MAX_COMBO_TIER, 1 + Math.floor(state.combo / COMBO_STEP))
}

/** Moves what moves by itself. */
export function moveThings(state: RunnerState): void {
  for (const thing of state.things) {
    if (thing.rolls > 0 && thing.x - state.x < ROLL_DISTANCE) thing.x -= thing.rolls
    if (thing.kind === S.BOBBER) {
      thing.phase = (thing.phase + 3) & 255
      thing.y = bobHeight(thing.phase)
    }
    if (state.magnetTicks > 0 && thing.kind >= S.TREAT) attract(state, thing)
  }
}

/** A bobber's lower edge: never so low that a ducking pet is hit. */
export function bobHeight(phase: number): number {
  return toFixed(17) + (wave(phase) + 256) * (BOB_HEIGHT >> 1)
}

function attract(state: RunnerState, thing: Thing): void {
  const dx = state.x - (thing.x + (thing.width >> 1))
  const dy = state.body.y + (STANDING_HEIGHT >> 1) - (thing.y + (thing.height >> 1))
  if (Math.abs(dx) > MAGNET_REACH || Math.abs(dy) > MAGNET_REACH) return
  thing.x += clamp(dx, -MAGNET_PULL, MAGNET_PULL)
  thing.y += clamp(dy, -MAGNET_PULL, MAGNET_PULL)
}

/** False over a pit, unless the pet is still safe after a hit: then a bridge of goodwill carries it. */
export function isSolid(state: RunnerState, x: number): boolean {
  if (state.safeTicks > 0) return true
  return !pitAt(state, x)
}

export function pitAt(state: RunnerState, x: number): Thing | undefined {
  return state.things.find((thing) => thing.kind === S.PIT && x > thing.x + LIP && x < thing.x + thing.width - LIP)
}

/** Whether a body at `x` is hit by an obstacle at `thingX`, `thingY`. */
export function isHit(body: Body, x: number, thing: Thing, thingX: number, thingY: number, slack: number): boolean {
  if (x + HALF_WIDTH <= thingX + slack || x - HALF_WIDTH >= thingX + thing.width - slack) return false
  return body.y < thingY + thing.height - slack && body.y + heightOf(body) > thingY + slack
}

/** Hurts, feeds and rewards the pet by what it touches. */
export function meetThings(state: RunnerState): void {
  let kept = 0
  for (const thing of state.things) {
    if (isTaken(state, thing)) continue
    state.things[kept] = thing
    kept += 1
  }
  state.things.length = kept
  if (state.body.y < -LIP && state.safeTicks === 0) fall(state)
}

function isTaken(state: RunnerState, thing: Thing): boolean {
  if (thing.kind === S.PIT) return false
  if (thing.kind >= S.TREAT) return touches(state, thing) && take(state, thing)
  if (isHit(state.body, state.x, thing, thing.x, thing.y, state.rules.slack)) return hurt(state, thing)
  if (!thing.passed && state.x - HALF_WIDTH > thing.x + thing.width) {
    thing.passed = true
    if (thing.look >= 256) report(state, S.CLOSE, thing, bonus(state))
  } else if (!thing.passed && state.safeTicks === 0) noteNearMiss(state, thing)
  return false
}

/** A near miss is told apart by a look beyond the pictures' range, so that it is only rewarded once it is survived. */
function noteNearMiss(state: RunnerState, thing: Thing): void {
  const { body, x } = state
  if (x + HALF_WIDTH <= thing.x || x - HALF_WIDTH >= thing.x + thing.width) return
  const over = body.y - (thing.y + thing.height)
  const under = thing.y - (body.y + heightOf(body))
  if ((over > 0 && over < CLOSE) || (thing.kind === S.BOBBER && under > 0 && under < CLOSE)) thing.look |= 256
}

function bonus(state: RunnerState): number {
  const points = CLOSE_POINTS * comboTier(state)
  state.score += points
  return points
}

function touches(state: RunnerState, thing: Thing): boolean {
  const { body, x } = state
  const reach = HALF_WIDTH + TREAT_REACH
  if (x + reach < thing.x || x - reach > thing.x + thing.width) return false
  return body.y - TREAT_REACH < thing.y + thing.height && body.y + heightOf(body) + TREAT_REACH > thing.y
}

function take(state: RunnerState, thing: Thing): true {
  if (thing.kind === S.TREAT || thing.kind === S.GOLD) {
    const before = comboTier(state)
    state.combo += 1
    state.treats += 1
    state.bestCombo = Math.max(state.bestCombo, state.combo)
    const points = (thing.kind === S.GOLD ? GOLD_POINTS : TREAT_POINTS) * comboTier(state)
    state.score += points
    report(state, S.TOOK, thing, points)
    if (comboTier(state) > before) report(state, S.COMBO_UP, thing, comboTier(state))
  } else if (thing.kind === S.HEART) {
    state.lives = Math.min(state.rules.lives, state.lives + 1)
    state.score += HEART_POINTS
    report(state, S.HEALED, thing, HEART_POINTS)
  } else {
    if (thing.kind === S.MAGNET) state.magnetTicks = MAGNET_TICKS
    else state.shieldTicks = SHIELD_TICKS
    report(state, S.POWERED, thing, thing.kind)
  }
  return true
}

/** While the pet blinks after a hit it runs through everything; what hit it is knocked off the way. */
function hurt(state: RunnerState, thing: Thing): boolean {
  if (state.safeTicks > 0) return false
  state.safeTicks = SAFE_TICKS
  if (state.shieldTicks > 0) {
    state.shieldTicks = 0
    report(state, S.BLOCKED, thing, 0)
  } else loseHeart(state, S.HURT, thing)
  return true
}

function fall(state: RunnerState): void {
  const at = { x: state.x, y: 0 }
  throwUp(state.body)
  state.safeTicks = SAFE_TICKS
  if (state.shieldTicks > 0) {
    state.shieldTicks = 0
    report(state, S.BLOCKED, at, 0)
  } else loseHeart(state, S.FELL, at)
}

function loseHeart(state: RunnerState, type: number, at: { x: number; y: number }): void {
  const before = comboTier(state)
  if (state.rules.onHit === HIT_BREAKS) state.combo = 0
  else if (state.rules.onHit === HIT_HALVES) state.combo >>= 1
  if (comboTier(state) < before) report(state, S.COMBO_LOST, at, comboTier(state))
  state.lives -= 1
  report(state, type, at, state.lives)
}

function report(state: RunnerState, type: number, at: { x: number; y: number }, value: number): void {
  state.events.push({ type, x: at.x, y: at.y, value })
}
