import { between, seedRng } from '../../engine/prng.ts'
import { boardOf, roundTicks } from './rules.ts'
import {
  DEALING,
  DEALT,
  GOLDEN_LOOK,
  HEART_LOOK,
  LOOKS,
  POWER_LOOK,
  WAITING,
  type Card,
  type MemoryState,
} from './state.ts'

/** Lays the deck of a round ready; the cards are not chosen before the player presses. */
export function beginRound(state: MemoryState, round: number): void {
  const { columns, rows } = boardOf(state.rules, round)
  state.round = round
  state.part = WAITING
  state.partTicks = 0
  state.columns = columns
  state.rows = rows
  state.cards = []
  state.first = -1
  state.second = -1
  state.holdTicks = 0
  state.lookTicks = 0
  state.swapTicks = 0
  state.missesToSwap = state.rules.swapEvery
  state.cursor = 0
  state.perfect = true
  state.clockTicks = roundTicks(state.rules, round)
}

/**
 * Deals. The moment of the press goes into the shuffle: a build has one seed, and cards that lay the same each time would
 * be known after the first play.
 */
export function dealCards(state: MemoryState): void {
  state.rng = seedRng(state.rng[0] ^ Math.imul(state.tick, 0x9e3779b1))
  const looks = chooseLooks(state, (state.columns * state.rows) / 2)
  const deck = shuffle(state, [...looks, ...looks])
  state.cards = deck.map((look): Card => ({ look, open: false, found: false, seen: false }))
  state.part = DEALING
  state.partTicks = 0
  state.events.push({ type: DEALT, place: -1, value: deck.length })
}

/** The special pairs that the features bring, and others by lot. Small boards have one special pair at most. */
function chooseLooks(state: MemoryState, pairs: number): number[] {
  const { golden, powerUps, hearts } = state.rules
  const special = [
    ...(golden ? [GOLDEN_LOOK] : []),
    ...(powerUps ? [POWER_LOOK] : []),
    ...(hearts && state.lives < 9 ? [HEART_LOOK] : []),
  ]
  const chosen = shuffle(state, special).slice(0, pairs < 6 ? 1 : 2)
  const plain = shuffle(
    state,
    Array.from({ length: LOOKS }, (_, look) => look),
  )
  return [...chosen, ...plain.slice(0, pairs - chosen.length)]
}

/** Fisher and Yates, in place. */
function shuffle(state: MemoryState, list: number[]): number[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = between(state.rng, 0, at)
    const kept = list[at] ?? 0
    list[at] = list[other] ?? 0
    list[other] = kept
  }
  return list
}
