import type { Hand } from '../../engine/game.ts'
import { ACTION, DOWN, LEFT, NO_INPUT, RIGHT, UP, withPointer, type Input } from '../../engine/input.ts'
import { placeOf } from './layout.ts'
import { PLAYING, WAITING, type MemoryState } from './state.ts'

/** Ticks between two taps: about as fast as a person who thinks. */
const PACE_TICKS = 24

const KEY_PACE_TICKS = 12

/** Turns what it has seen both of, otherwise something new; it looks under no card. */
export function botInput(state: MemoryState, hand: Hand = 'touch'): Input {
  const pace = hand === 'keys' ? KEY_PACE_TICKS : PACE_TICKS
  if (state.before !== NO_INPUT || state.tick % pace !== 0) return NO_INPUT
  if (state.part === WAITING) return hand === 'keys' ? ACTION : withPointer(0, 90, 110)
  if (state.part !== PLAYING || state.second >= 0) return NO_INPUT
  const place = state.first < 0 ? firstChoice(state) : secondChoice(state)
  return hand === 'keys' ? walkTo(state, place) : tap(state, place)
}

/** One arrow at a time towards the card, then the press that turns it. */
function walkTo({ cursor, columns, usesKeys }: MemoryState, index: number): Input {
  if (index < 0) return NO_INPUT
  const across = (index % columns) - (cursor % columns)
  const down = Math.floor(index / columns) - Math.floor(cursor / columns)
  if (across !== 0) return across < 0 ? LEFT : RIGHT
  if (down !== 0) return down < 0 ? UP : DOWN
  return usesKeys ? ACTION : LEFT
}

function tap(state: MemoryState, index: number): Input {
  if (index < 0) return NO_INPUT
  const { x, y, width, height } = placeOf(state, index)
  return withPointer(0, x + Math.floor(width / 2), y + Math.floor(height / 2))
}

function firstChoice({ cards }: MemoryState): number {
  const known = cards.findIndex(
    (card, at) =>
      !card.found && card.seen && cards.some((other, place) => place !== at && other.seen && other.look === card.look),
  )
  return known >= 0 ? known : fresh(cards, -1)
}

function secondChoice({ cards, first }: MemoryState): number {
  const partner = cards.findIndex((card, at) => at !== first && card.seen && card.look === cards[first]?.look)
  return partner >= 0 ? partner : fresh(cards, first)
}

/** A card that was not seen yet, else any that is hidden. */
function fresh(cards: MemoryState['cards'], except: number): number {
  const unseen = cards.findIndex((card, at) => at !== except && !card.found && !card.seen)
  return unseen >= 0 ? unseen : cards.findIndex((card, at) => at !== except && !card.found)
}
