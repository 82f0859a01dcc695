import { INK } from '../../art/palette.ts'
import type { Stage } from '../../render/stage.ts'
import type { CardArt } from './card-art.ts'
import { placeOf, type Place } from './layout.ts'
import { DEAL_TICKS, SWAP_TICKS } from './rules.ts'
import * as S from './state.ts'
import type { MemoryState } from './state.ts'

const TURN_TICKS = 9
const DECK = { x: 90, y: 112 }

export interface BoardView {
  /** Brings the turning of cards one tick further; at once if `atOnce`. */
  step(state: MemoryState, atOnce: boolean): void
  draw(context: CanvasRenderingContext2D, stage: Stage, state: MemoryState): void
}

/** The table, the deck and the cards on it. */
export function createBoardView(art: CardArt, calm: boolean): BoardView {
  /** How far each card is turned: 0 = back, TURN_TICKS = face. */
  let turned: number[] = []

  function drawCard(context: CanvasRenderingContext2D, state: MemoryState, index: number, at: Place): void {
    const card = state.cards[index]
    if (!card) return
    const turn = (turned[index] ?? 0) / TURN_TICKS
    const picture = turn > 0.5 ? art.face(card.look, at.width, at.height) : art.back(at.width, at.height)
    const share = Math.max(0.08, Math.abs(turn * 2 - 1))
    const width = Math.max(2, Math.round(at.width * share))
    const x = Math.round(at.x + (at.width - width) / 2)
    const lift = turn > 0 && turn < 1 ? 2 : 0
    context.fillStyle = 'rgba(42, 27, 61, 0.35)'
    context.fillRect(x + 1, at.y + 2 + lift, width, at.height)
    context.drawImage(picture, x, at.y - lift, width, at.height)
    if (!card.found) return
    frame(context, at.x, at.y, at.width, at.height, '#58c24f')
  }

  function drawDeck(context: CanvasRenderingContext2D, stage: Stage, state: MemoryState): void {
    const { width, height } = placeOf(state, 0)
    for (let layer = 0; layer < 5; layer += 1) {
      const swing = calm ? 0 : Math.sin((state.partTicks + layer * 5) / 7) * (layer - 2) * 5
      const x = stage.left + DECK.x - width / 2 + swing
      const y = stage.top + DECK.y - height / 2 - layer * 2
      context.drawImage(art.back(width, height), Math.round(x), Math.round(y))
    }
  }

  return {
    step(state, atOnce) {
      if (turned.length !== state.cards.length) turned = state.cards.map(() => 0)
      state.cards.forEach((card, index) => {
        const shows = card.open || card.found || state.part === S.PEEKING || state.lookTicks > 0
        const goal = shows ? TURN_TICKS : 0
        const now = turned[index] ?? 0
        turned[index] = atOnce || calm ? goal : now + Math.sign(goal - now)
      })
    },
    draw(context, stage, state) {
      drawTable(context, stage, state)
      if (state.part === S.WAITING) {
        drawDeck(context, stage, state)
        return
      }
      const moved = (index: number) => movedPlace(state, index, calm)
      const order = state.cards.map((_card, index) => index)
      // What moves lies on top.
      if (state.swapTicks > 0) order.sort((a, b) => Number(isSwapping(state, a)) - Number(isSwapping(state, b)))
      for (const index of order) {
        const place = moved(index)
        drawCard(context, state, index, { ...place, x: stage.left + place.x, y: stage.top + place.y })
      }
      if (state.usesKeys && state.part === S.PLAYING) drawCursor(context, stage, state)
    },
  }
}

function isSwapping({ swapFrom, swapTo }: MemoryState, index: number): boolean {
  return index === swapFrom || index === swapTo
}

/** Where a card is drawn: on its way from the deck, or from the place that it left, in a small arc. */
function movedPlace(state: MemoryState, index: number, calm: boolean): Place {
  const goal = placeOf(state, index)
  if (state.part === S.DEALING && !calm) {
    const start = (index * (DEAL_TICKS - 18)) / Math.max(1, state.cards.length)
    const share = ease((state.partTicks - start) / 16)
    const from = { x: DECK.x - goal.width / 2, y: DECK.y - goal.height / 2 }
    return { ...goal, x: mix(from.x, goal.x, share), y: mix(from.y, goal.y, share) }
  }
  if (state.swapTicks === 0 || !isSwapping(state, index)) return goal
  const from = placeOf(state, index === state.swapTo ? state.swapFrom : state.swapTo)
  const share = ease(1 - state.swapTicks / SWAP_TICKS)
  const arc = Math.sin(share * Math.PI) * (index === state.swapTo ? -10 : 10)
  return { ...goal, x: mix(from.x, goal.x, share), y: Math.round(mix(from.y, goal.y, share) + arc) }
}

function mix(from: number, to: number, share: number): number {
  return Math.round(from + (to - from) * share)
}

function ease(share: number): number {
  const t = Math.min(1, Math.max(0, share))
  return t * t * (3 - 2 * t)
}

/** A cloth under the cards, so that they stand out from any scenery. */
function drawTable(context: CanvasRenderingContext2D, stage: Stage, state: MemoryState): void {
  const first = placeOf(state, 0)
  const last = placeOf(state, state.columns * state.rows - 1)
  const x = stage.left + first.x - 5
  const y = stage.top + first.y - 5
  const width = last.x + last.width - first.x + 10
  const height = last.y + last.height - first.y + 11
  context.fillStyle = 'rgba(42, 27, 61, 0.5)'
  context.fillRect(x + 2, y, width - 4, height)
  context.fillRect(x, y + 2, width, height - 4)
  context.fillRect(x + 1, y + 1, width - 2, height - 2)
}

function drawCursor(context: CanvasRenderingContext2D, stage: Stage, state: MemoryState): void {
  const { x, y, width, height } = placeOf(state, state.cursor)
  const [left, top] = [stage.left + x, stage.top + y]
  frame(context, left - 1, top - 1, width + 2, height + 2, INK)
  frame(context, left - 2, top - 2, width + 4, height + 4, '#ffd84f')
  frame(context, left - 3, top - 3, width + 6, height + 6, '#ffd84f')
  frame(context, left - 4, top - 4, width + 8, height + 8, INK)
}

function frame(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
): void {
  context.fillStyle = color
  context.fillRect(x + 1, y, width - 2, 1)
  context.fillRect(x + 1, y + height - 1, width - 2, 1)
  context.fillRect(x, y + 1, 1, height - 2)
  context.fillRect(x + width - 1, y + 1, 1, height - 2)
}
