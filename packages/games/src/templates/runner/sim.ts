import type { Game } from '../../engine/game.ts'
import { ACTION, DOWN, pointerX, pointerY, UP, type Input } from '../../engine/input.ts'
import { seedRng } from '../../engine/prng.ts'
import { DID_JUMP, DID_JUMP_AGAIN, DID_LAND, standingBody, stepBody } from './body.ts'
import { botInput } from './bot.ts'
import type { RunnerConfig } from './config.ts'
import { layCourse, ticksLeft } from './course.ts'
import { isSolid, meetThings, moveThings, pitAt } from './meet.ts'
import { DUCK_ZONE, FIELD, LEVEL_TICKS, medalsOf, METRE, READY_TICKS, rulesOf, speedAt } from './rules.ts'
import * as S from './state.ts'
import type { RunnerState } from './state.ts'

/** Pixels that a finger has to slide down to turn a jump into a dive. */
const SWIPE = 14
/** Points for every heart that is brought home. */
const HOME_POINTS = 250

function start(config: RunnerConfig, seed: number): RunnerState {
  const rules = rulesOf(config)
  return {
    tick: 0,
    score: 0,
    finished: false,
    rules,
    rng: seedRng(seed),
    x: 0,
    speed: rules.speed,
    level: 0,
    body: standingBody(),
    pressY: -1,
    lives: rules.lives,
    combo: 0,
    bestCombo: 0,
    treats: 0,
    metres: 0,
    safeTicks: 0,
    magnetTicks: 0,
    shieldTicks: 0,
    things: [],
    nextId: 1,
    // The first obstacle comes a second and a half after the countdown, which the pet spends running on the spot.
    nextX: rules.speed * 90,
    lastPattern: -1,
    events: [],
  }
}

function step(state: RunnerState, input: Input): void {
  if (state.finished) return
  state.events.length = 0
  state.tick += 1
  const { jump, duck } = wishes(state, input)
  // During the countdown the pet may hop about, so that a player finds the controls before it counts.
  const runs = state.tick > READY_TICKS
  if (runs) {
    raiseLevel(state)
    state.x += state.speed
  }
  layCourse(state)
  moveBody(state, jump, duck)
  if (!runs) return

  countDown(state)
  moveThings(state)
  meetThings(state)
  countMetres(state)
  finish(state)
}

/** Buttons and finger alike; sliding down, or a finger on the left, means down. */
function wishes(state: RunnerState, input: Input): { jump: boolean; duck: boolean } {
  const y = pointerY(input)
  if (y < 0) state.pressY = -1
  else if (state.pressY < 0) state.pressY = y
  const slides = y >= 0 && y - state.pressY > SWIPE
  const ducks = (input & DOWN) !== 0 || slides || (y >= 0 && pointerX(input) < DUCK_ZONE)
  return { jump: (input & (ACTION | UP)) !== 0 || (y >= 0 && !ducks), duck: ducks }
}

function raiseLevel(state: RunnerState): void {
  const played = state.tick - READY_TICKS
  if (played % LEVEL_TICKS === 0) {
    state.level += 1
    state.events.push({ type: S.LEVEL_UP, x: state.x, y: 0, value: state.level })
  }
  // Speed creeps up to the level's, so that no jump under way is cut short.
  if (state.speed < speedAt(state.rules, state.level)) state.speed += 1
}

function moveBody(state: RunnerState, jump: boolean, duck: boolean): void {
  const did = stepBody(state.body, jump, duck, isSolid(state, state.x), state.rules.twice)
  const report = (type: number) => state.events.push({ type, x: state.x, y: state.body.y, value: 0 })
  if (did & DID_JUMP) report(S.JUMPED)
  if (did & DID_JUMP_AGAIN) report(S.JUMPED_AGAIN)
  if (did & DID_LAND) report(S.LANDED)
}

function countDown(state: RunnerState): void {
  // Nobody is dropped into the pit that has just thrown them out.
  if (state.safeTicks > 1 || !pitAt(state, state.x)) state.safeTicks = Math.max(0, state.safeTicks - 1)
  state.magnetTicks = Math.max(0, state.magnetTicks - 1)
  state.shieldTicks = Math.max(0, state.shieldTicks - 1)
}

function countMetres(state: RunnerState): void {
  const metres = Math.floor(state.x / METRE)
  state.score += metres - state.metres
  state.metres = metres
}

function finish(state: RunnerState): void {
  const isHome = ticksLeft(state) === 0
  if (state.lives > 0 && !isHome) return
  state.finished = true
  if (state.lives > 0) state.score += HOME_POINTS * state.lives
  state.events.push({ type: state.lives > 0 ? S.HOME : S.OVER, x: state.x, y: state.body.y, value: state.score })
}

/** The endless runner: the way comes at the pet, ever faster, and it jumps and ducks until it is home or out of hearts. */
export const runner: Game<RunnerConfig, RunnerState> = {
  templateId: 'runner',
  field: FIELD,
  start,
  step,
  bot: botInput,
  medals: medalsOf,
}
