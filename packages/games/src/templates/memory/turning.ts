import { between } from '../../engine/prng.ts'
import { FOUND_TICKS, GOLDEN_POINTS, LOOK_TICKS, MAX_COMBO_TIER, PAIR_POINTS, SWAP_TICKS } from './rules.ts'
import * as S from './state.ts'
import type { Card, MemoryState } from './state.ts'

/** Ticks after which a wrong pair may be left behind by turning the next card. */
const SOONEST_TICKS = 12

export function comboTier({ combo }: Pick<MemoryState, 'combo'>): number {
  return Math.min(MAX_COMBO_TIER, Math.max(1, combo))
}

/** Turns the card at a place, if that is possible now. */
export function turnCard(state: MemoryState, place: number): void {
  if (state.lookTicks > 0 || state.swapTicks > 0) return
  if (state.second >= 0) {
    const waited = state.rules.missTicks - state.holdTicks
    if (isPair(state) || waited < SOONEST_TICKS) return
    closeMiss(state)
    if (state.swapTicks > 0 || state.lives <= 0) return
  }
  const card = state.cards[place]
  if (!card || card.open || card.found) return
  card.open = true
  state.events.push({ type: S.TURNED, place, value: state.first < 0 ? 0 : 1 })
  if (state.first < 0) {
    state.first = place
    return
  }
  state.second = place
  if (isPair(state)) takePair(state)
  else missPair(state)
}

/** Counts the open pair's time down and closes it. */
export function holdOpen(state: MemoryState): void {
  if (state.second < 0) return
  state.holdTicks -= 1
  if (state.holdTicks > 0) return
  if (isPair(state)) clearMove(state)
  else closeMiss(state)
}

function isPair({ cards, first, second }: MemoryState): boolean {
  return cards[first]?.look === cards[second]?.look
}

function takePair(state: MemoryState): void {
  const look = state.cards[state.second]?.look ?? 0
  for (const place of [state.first, state.second]) {
    const card = state.cards[place]
    if (card) card.found = true
  }
  state.combo += 1
  state.bestCombo = Math.max(state.bestCombo, state.combo)
  state.found += 1
  const tier = comboTier(state)
  const points = (look === S.GOLDEN_LOOK ? GOLDEN_POINTS : PAIR_POINTS) * tier
  state.score += points
  state.holdTicks = FOUND_TICKS
  state.events.push({ type: S.MATCHED, place: state.second, value: points })
  if (state.combo > 1 && state.combo <= MAX_COMBO_TIER)
    state.events.push({ type: S.COMBO_UP, place: state.second, value: tier })
  if (look === S.POWER_LOOK && state.cards.some((card) => !card.found)) {
    state.lookTicks = LOOK_TICKS
    state.events.push({ type: S.LOOKED, place: state.second, value: 0 })
  }
  if (look === S.HEART_LOOK) {
    state.lives += 1
    state.events.push({ type: S.HEALED, place: state.second, value: 0 })
  }
}

/** A wrong pair is forgiven where nobody could have known better: that is what turning cards is for. */
function missPair(state: MemoryState): void {
  const first = state.cards[state.first]
  const second = state.cards[state.second]
  const known = second?.seen === true || partnerSeen(state, first, state.first)
  for (const card of [first, second]) if (card) card.seen = true
  state.holdTicks = state.rules.missTicks
  state.combo = 0
  if (!known) {
    state.events.push({ type: S.MISSED, place: state.second, value: state.first })
    return
  }
  state.perfect = false
  if (state.rules.careless) state.lives -= 1
  state.events.push({ type: S.FORGOT, place: state.second, value: state.first })
}

function partnerSeen(state: MemoryState, card: Card | undefined, place: number): boolean {
  return state.cards.some((other, at) => at !== place && other.look === card?.look && other.seen)
}

function closeMiss(state: MemoryState): void {
  for (const place of [state.first, state.second]) {
    const card = state.cards[place]
    if (card) card.open = false
  }
  clearMove(state)
  if (state.rules.swapEvery === 0) return
  state.missesToSwap -= 1
  if (state.missesToSwap > 0) return
  state.missesToSwap = state.rules.swapEvery
  swapTwo(state)
}

function clearMove(state: MemoryState): void {
  state.first = -1
  state.second = -1
  state.holdTicks = 0
}

/** Two hidden cards change places in full view; what the player knows about them goes along. */
function swapTwo(state: MemoryState): void {
  const hidden: number[] = []
  state.cards.forEach((card, place) => {
    if (!card.found) hidden.push(place)
  })
  if (hidden.length < 4) return
  const from = between(state.rng, 0, hidden.length - 1)
  const to = (from + between(state.rng, 1, hidden.length - 1)) % hidden.length
  state.swapFrom = hidden[from] ?? 0
  state.swapTo = hidden[to] ?? 0
  const moved = state.cards[state.swapFrom]
  const other = state.cards[state.swapTo]
  if (!moved || !other) return
  state.cards[state.swapFrom] = other
  state.cards[state.swapTo] = moved
  state.swapTicks = SWAP_TICKS
  state.events.push({ type: S.SWAPPED, place: state.swapFrom, value: state.swapTo })
}
