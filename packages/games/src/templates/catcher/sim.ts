import { clamp, toFixed, wave } from '../../engine/fixed.ts'
import type { Game } from '../../engine/game.ts'
import { LEFT, pointerX, RIGHT, type Input } from '../../engine/input.ts'
import { seedRng } from '../../engine/prng.ts'
import { botInput } from './bot.ts'
import { meetItems } from './catching.ts'
import type { CatcherConfig } from './config.ts'
import { FIELD, LEVEL_TICKS, READY_TICKS, RAIN_TICKS, rulesOf, medalsOf, SLOW_FACTOR } from './rules.ts'
import { isRaining, spawnItems, ticksLeft } from './spawn.ts'
import { ENDED, GUST, HAZARD, LEVEL_UP, RAIN, type CatcherState, type Item } from './state.ts'

const PET_MARGIN = toFixed(14)
const MIN_X = PET_MARGIN
const MAX_X = toFixed(FIELD.width) - PET_MARGIN
const GUST_EVERY_TICKS = 420
const GUST_TICKS = 150
const MAGNET_PULL = 560

function start(config: CatcherConfig, seed: number): CatcherState {
  const rules = rulesOf(config)
  return {
    tick: 0,
    score: 0,
    finished: false,
    rules,
    rng: seedRng(seed),
    petX: toFixed(FIELD.width / 2),
    petV: 0,
    facing: 1,
    lives: rules.lives,
    combo: 0,
    bestCombo: 0,
    caught: 0,
    missesInRow: 0,
    level: 0,
    items: [],
    nextId: 1,
    spawnIn: 1,
    lastTreatX: FIELD.width / 2,
    magnetTicks: 0,
    shieldTicks: 0,
    slowTicks: 0,
    safeTicks: 0,
    gustTicks: 0,
    gustDirection: 1,
    events: [],
  }
}

function step(state: CatcherState, input: Input): void {
  if (state.finished) return
  state.events.length = 0
  state.tick += 1
  movePet(state, input)
  // The pet may run about during the countdown, so that a player finds the controls before it counts.
  if (state.tick <= READY_TICKS) return

  countDown(state)
  raiseLevel(state)
  blowWind(state)
  spawnItems(state)
  for (const item of state.items) moveItem(state, item)
  meetItems(state)

  if (state.lives <= 0 || ticksLeft(state) === 0) {
    state.finished = true
    state.events.push({ type: ENDED, x: state.petX, y: 0, value: state.score })
  }
}

/** Buttons accelerate at once; a pointer is run after, never jumped to, so that touch and keys are equally strong. */
function movePet(state: CatcherState, input: Input): void {
  const top = state.rules.petSpeed
  const buttons = (input & RIGHT ? 1 : 0) - (input & LEFT ? 1 : 0)
  const pointer = pointerX(input)
  let wanted = 0
  if (buttons !== 0) wanted = buttons * top
  else if (pointer >= 0) wanted = clamp(Math.trunc((toFixed(pointer) - state.petX) / 4), -top, top)

  const grip = Math.trunc(top / 5)
  state.petV += clamp(wanted - state.petV, -grip, grip)
  state.petX = clamp(state.petX + state.petV, MIN_X, MAX_X)
  if (state.petX === MIN_X || state.petX === MAX_X) state.petV = 0
  if (Math.abs(state.petV) > 40) state.facing = state.petV < 0 ? -1 : 1
}

function countDown(state: CatcherState): void {
  state.magnetTicks = Math.max(0, state.magnetTicks - 1)
  state.shieldTicks = Math.max(0, state.shieldTicks - 1)
  state.slowTicks = Math.max(0, state.slowTicks - 1)
  state.safeTicks = Math.max(0, state.safeTicks - 1)
}

function raiseLevel(state: CatcherState): void {
  const played = state.tick - READY_TICKS
  if (isRaining(state)) {
    if (ticksLeft(state) === RAIN_TICKS) state.events.push({ type: RAIN, x: 0, y: 0, value: 0 })
    return
  }
  if (played % LEVEL_TICKS !== 0 || ticksLeft(state) === 0) return
  state.level += 1
  state.events.push({ type: LEVEL_UP, x: 0, y: 0, value: state.level })
}

function blowWind(state: CatcherState): void {
  if (state.rules.wind === 0) return
  state.gustTicks = Math.max(0, state.gustTicks - 1)
  const played = state.tick - READY_TICKS
  if (played % GUST_EVERY_TICKS !== 0) return
  state.gustTicks = GUST_TICKS
  state.gustDirection = -state.gustDirection
  state.events.push({ type: GUST, x: 0, y: 0, value: state.gustDirection })
}

function moveItem(state: CatcherState, item: Item): void {
  const { rules } = state
  const speed = rules.fallSpeed + rules.fallRamp * state.level + item.haste
  item.y += state.slowTicks > 0 ? (speed * SLOW_FACTOR) >> 8 : speed
  if (item.sway > 0) {
    item.phase = (item.phase + 3) & 255
    item.x += (wave(item.phase) * item.sway) >> 8
  }
  if (state.gustTicks > 0) item.x += rules.wind * state.gustDirection
  if (state.magnetTicks > 0 && item.kind !== HAZARD && item.y > 0) {
    item.x += clamp(state.petX - item.x, -MAGNET_PULL, MAGNET_PULL)
  }
  item.x = clamp(item.x, toFixed(8), toFixed(FIELD.width - 8))
}

/** The catcher: the pet runs along the ground, catches what is good and lets the rest fall. */
export const catcher: Game<CatcherConfig, CatcherState> = {
  templateId: 'catcher',
  field: FIELD,
  start,
  step,
  bot: botInput,
  medals: medalsOf,
}
