import { TICKS_PER_SECOND, type Game } from '../../engine/game.ts'
import type { Input } from '../../engine/input.ts'
import { seedRng } from '../../engine/prng.ts'
import { botInput } from './bot.ts'
import type { MemoryConfig } from './config.ts'
import { beginRound, dealCards } from './deal.ts'
import { isPress, pressedPlace } from './pressing.ts'
import {
  CLEAR_TICKS,
  DEAL_TICKS,
  FIELD,
  medalsOf,
  PERFECT_POINTS,
  rulesOf,
  SECOND_POINTS,
  WAIT_TICKS,
} from './rules.ts'
import * as S from './state.ts'
import type { MemoryState } from './state.ts'
import { holdOpen, turnCard } from './turning.ts'

/** As if everything was held before the first tick: the press that started the play turns no card. */
const ALL_HELD = (1 << 23) - 1
/** The deck is shuffled in sight for a moment before it can be dealt. */
const SHUFFLE_TICKS = 20

function start(config: MemoryConfig, seed: number): MemoryState {
  const rules = rulesOf(config)
  const state: MemoryState = {
    tick: 0,
    score: 0,
    finished: false,
    rules,
    rng: seedRng(seed),
    round: 0,
    part: S.WAITING,
    partTicks: 0,
    clockTicks: 0,
    columns: 0,
    rows: 0,
    cards: [],
    first: -1,
    second: -1,
    holdTicks: 0,
    lookTicks: 0,
    swapTicks: 0,
    swapFrom: 0,
    swapTo: 0,
    missesToSwap: 0,
    cursor: 0,
    usesKeys: false,
    before: ALL_HELD,
    repeatTicks: 0,
    lives: rules.lives,
    combo: 0,
    bestCombo: 0,
    found: 0,
    perfect: true,
    won: false,
    events: [],
  }
  beginRound(state, 0)
  return state
}

function step(state: MemoryState, input: Input): void {
  if (state.finished) return
  state.events.length = 0
  state.tick += 1
  state.partTicks += 1
  stepPart(state, input)
  state.before = input
}

function stepPart(state: MemoryState, input: Input): void {
  switch (state.part) {
    case S.WAITING: {
      const pressed = state.partTicks >= SHUFFLE_TICKS && isPress(state, input)
      if (pressed || state.partTicks >= WAIT_TICKS) dealCards(state)
      return
    }
    case S.DEALING:
      if (state.partTicks >= DEAL_TICKS) enter(state, state.rules.peekTicks > 0 ? S.PEEKING : S.PLAYING)
      return
    case S.PEEKING:
      if (state.partTicks >= state.rules.peekTicks) enter(state, S.PLAYING)
      return
    case S.PLAYING:
      play(state, input)
      return
    default:
      if (state.partTicks >= CLEAR_TICKS) goOn(state)
  }
}

function enter(state: MemoryState, part: number): void {
  state.part = part
  state.partTicks = 0
}

function play(state: MemoryState, input: Input): void {
  const place = pressedPlace(state, input)
  if (state.swapTicks > 0) state.swapTicks -= 1
  else if (state.lookTicks > 0) state.lookTicks -= 1
  // The clock stands while the game shows something that nobody can hurry.
  else state.clockTicks -= 1
  holdOpen(state)
  if (place >= 0) turnCard(state, place)

  if (state.lives <= 0 || state.clockTicks <= 0) end(state, false)
  else if (state.cards.every((card) => card.found)) clearRound(state)
}

function clearRound(state: MemoryState): void {
  const bonus = Math.trunc(state.clockTicks / TICKS_PER_SECOND) * SECOND_POINTS + (state.perfect ? PERFECT_POINTS : 0)
  state.score += bonus
  state.events.push({ type: S.ROUND_DONE, place: -1, value: bonus })
  enter(state, S.CLEARED)
}

function goOn(state: MemoryState): void {
  if (state.round + 1 >= state.rules.rounds) end(state, true)
  else beginRound(state, state.round + 1)
}

function end(state: MemoryState, won: boolean): void {
  state.won = won
  state.finished = true
  state.events.push({ type: S.ENDED, place: -1, value: state.score })
}

/** The memory game: the pet in costumes, two of each, and all of them face down. */
export const memory: Game<MemoryConfig, MemoryState> = {
  templateId: 'memory',
  field: FIELD,
  start,
  step,
  bot: botInput,
  medals: medalsOf,
}
