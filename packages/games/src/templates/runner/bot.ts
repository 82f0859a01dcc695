import type { Hand } from '../../engine/game.ts'
import { ACTION, DOWN, NO_INPUT, withPointer, type Input } from '../../engine/input.ts'
import { HALF_WIDTH, heightOf, LIP, stepBody, type Body } from './body.ts'
import { ROLL_DISTANCE } from './course.ts'
import { bobHeight, isHit } from './meet.ts'
import { DUCK_ZONE, GROUND_Y, LEVEL_TICKS, READY_TICKS, speedAt } from './rules.ts'
import * as S from './state.ts'
import type { RunnerState, Thing } from './state.ts'

/** How far the bot looks ahead, in ticks, and then until it has landed: a jump must not end where nothing helps. */
const HORIZON = 66
/** Decisions are looked for on every third tick. */
const BEAT = 3
const LONGEST_HOLD = 28
/** Where its finger goes. */
const JUMP_AT = 150
const DUCK_AT = DUCK_ZONE >> 1

interface Move {
  input: Input
  ticks: number
}

const lasting = (input: Input, ...lengths: number[]): Move[] => lengths.map((ticks) => ({ input, ticks }))
const upTo = (most: number) => Array.from({ length: most }, (_, index) => most - index)

/** What is tried further ahead. */
const LATER_MOVES: readonly Move[] = [
  ...lasting(NO_INPUT, BEAT),
  ...lasting(ACTION, 4, 14, LONGEST_HOLD),
  ...lasting(DOWN, BEAT),
]
/** What can be done now; every remainder of a rest decided on a tick ago is among it, so that a plan can be kept. */
const MOVES_NOW: readonly Move[] = [
  ...lasting(NO_INPUT, ...upTo(BEAT)),
  ...lasting(ACTION, 4, 14, LONGEST_HOLD),
  ...lasting(DOWN, ...upTo(BEAT)),
]
/** The remainders of every hold, tried where nothing else helps. */
const REMAINDERS = lasting(ACTION, ...upTo(LONGEST_HOLD - 1))

interface Forecast {
  body: Body
  x: number
  speed: number
  tick: number
  treats: number
}

/**
 * Plays by looking ahead with the pet's own laws of motion: the laziest way of moving that stays unhurt, but jumping for
 * treats where that is as safe. Depends on the state alone.
 */
export function botInput(state: RunnerState, hand?: Hand): Input {
  const input = wish(state)
  if (hand !== 'touch' || input === NO_INPUT) return input
  return withPointer(0, input === ACTION ? JUMP_AT : DUCK_AT, GROUND_Y)
}

function wish(state: RunnerState): Input {
  if (state.tick < READY_TICKS) return NO_INPUT
  const sight = look(state)
  const now: Forecast = { body: { ...state.body }, x: state.x, speed: state.speed, tick: 0, treats: 0 }
  const best =
    bestOf(MOVES_NOW, state, sight, now) ?? (now.body.held ? bestOf(REMAINDERS, state, sight, now) : undefined)
  const input = best ?? NO_INPUT
  return input === ACTION && mustLetGo(state.body) ? NO_INPUT : input
}

/** The move that meets most treats among those that the pet survives. */
function bestOf(moves: readonly Move[], state: RunnerState, sight: Sight, now: Forecast): Input | undefined {
  let best: Input | undefined
  let most = -1
  for (const { input, ticks } of moves) {
    const after = run(state, sight, now, input, ticks, sight.treats)
    if (!after || after.treats <= most || !survives(state, sight, after)) continue
    most = after.treats
    best = input
  }
  return best
}

/** What lies ahead, sorted by what it does. */
interface Sight {
  pits: readonly Thing[]
  obstacles: readonly Thing[]
  treats: readonly Thing[]
}

function look(state: RunnerState): Sight {
  const end = state.x + state.speed * (HORIZON + 40)
  const ahead = state.things.filter((thing) => thing.x + thing.width > state.x - HALF_WIDTH && thing.x < end)
  return {
    pits: ahead.filter(({ kind }) => kind === S.PIT),
    obstacles: ahead.filter(({ kind }) => kind < S.PIT),
    treats: ahead.filter(({ kind }) => kind >= S.TREAT),
  }
}

/** Depth first, the laziest move first, so that plain ground costs next to nothing. */
function survives(state: RunnerState, sight: Sight, from: Forecast): boolean {
  if (from.tick >= HORIZON && from.body.y <= 0) return true
  return LATER_MOVES.some(({ input, ticks }) => {
    // In the air the long holds add little: only letting go and diving are tried.
    if (from.body.y > 0 && input === ACTION) return false
    const after = run(state, sight, from, input, ticks, [])
    return after !== undefined && survives(state, sight, after)
  })
}

/** The forecast after holding an input for some ticks, or undefined if the pet is hurt on the way. */
function run(
  state: RunnerState,
  { pits, obstacles }: Sight,
  from: Forecast,
  input: Input,
  ticks: number,
  treatsToCount: readonly Thing[],
): Forecast | undefined {
  const body = { ...from.body }
  let { x, speed, tick, treats } = from
  const letsGo = input === ACTION && mustLetGo(body) ? 1 : 0
  for (let i = 0; i < ticks + letsGo; i += 1) {
    tick += 1
    const level = Math.floor((state.tick + tick - READY_TICKS) / LEVEL_TICKS)
    if (speed < speedAt(state.rules, level)) speed += 1
    x += speed
    stepBody(
      body,
      input === ACTION && i >= letsGo,
      input === DOWN,
      !isOverPit(pits, x, state.safeTicks - tick),
      state.rules.twice,
    )
    if (body.y < -LIP) return undefined
    if (state.safeTicks <= tick && obstacles.some((thing) => willHit(state, body, x, tick, thing))) return undefined
    if (tick < 30) for (const thing of treatsToCount) if (touchesTreat(body, x, thing)) treats += 1
  }
  return { body, x, speed, tick, treats }
}

/** Who stands with jump held must let go before the next jump, unless one pressed in the air is still to come. */
function mustLetGo(body: Body): boolean {
  return body.held && body.y <= 0 && body.buffer === 0
}

function willHit(state: RunnerState, body: Body, x: number, tick: number, thing: Thing): boolean {
  const thingX = thing.rolls > 0 ? rolledTo(thing, state, tick) : thing.x
  const thingY = thing.kind === S.BOBBER ? bobHeight((thing.phase + 3 * tick) & 255) : thing.y
  return isHit(body, x, thing, thingX, thingY, state.rules.slack)
}

function isOverPit(pits: readonly Thing[], x: number, safeTicks: number): boolean {
  if (safeTicks > 0) return false
  return pits.some((thing) => x > thing.x + LIP && x < thing.x + thing.width - LIP)
}

/** Where a roller will be: it starts once it is near. */
function rolledTo(thing: Thing, state: RunnerState, tick: number): number {
  const waits = Math.max(0, Math.floor((thing.x - state.x - ROLL_DISTANCE) / state.speed))
  return thing.x - thing.rolls * Math.max(0, tick - waits)
}

function touchesTreat(body: Body, x: number, thing: Thing): boolean {
  if (x + HALF_WIDTH < thing.x || x - HALF_WIDTH > thing.x + thing.width) return false
  return body.y < thing.y + thing.height && body.y + heightOf(body) > thing.y
}
