import { NO_INPUT, pointerX, withPointer, type Input } from '../../engine/input.ts'
import { placeOf } from './layout.ts'
import { PLAYING, WAITING, type MemoryState } from './state.ts'

/** Ticks between two taps: about as fast as a person who thinks. */
const PACE_TICKS = 24

/** Turns what it has seen both of, otherwise something new; it looks under no card. */
export function botInput(state: MemoryState): Input {
  if (pointerX(state.before) >= 0 || state.tick % PACE_TICKS !== 0) return NO_INPUT
  if (state.part === WAITING) return withPointer(0, 90, 110)
  if (state.part !== PLAYING || state.second >= 0) return NO_INPUT
  return tap(state, state.first < 0 ? firstChoice(state) : secondChoice(state))
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
