import { toFixed, toPixel } from '../../engine/fixed.ts'
import type { Hand } from '../../engine/game.ts'
import { LEFT, NO_INPUT, RIGHT, withPointer, type Input } from '../../engine/input.ts'
import { FIELD, GROUND_Y } from './rules.ts'
import { GOLD, HAZARD, type CatcherState, type Item } from './state.ts'

const HEAD_Y = toFixed(GROUND_Y - 36)

/** Steps out of the way of what would hurt, otherwise runs to the good thing that arrives next. */
export function botInput(state: CatcherState, hand?: Hand): Input {
  const danger = state.items.find((item) => item.kind === HAZARD && isClose(state, item))
  if (danger) return runTo(state, dodgeTo(state, danger), hand ?? 'keys')
  const goal = nextTreat(state)
  return goal ? runTo(state, toPixel(goal.x), hand ?? 'touch') : NO_INPUT
}

/** Keys know no distance: they are let go when the pet is about there. */
function runTo(state: CatcherState, x: number, hand: Hand): Input {
  if (hand === 'touch') return withPointer(0, x, GROUND_Y)
  const way = x - toPixel(state.petX)
  if (Math.abs(way) < 6) return NO_INPUT
  return way < 0 ? LEFT : RIGHT
}

function isClose(state: CatcherState, item: Item): boolean {
  const margin = state.rules.hurtReach + toFixed(8)
  return item.y > HEAD_Y - toFixed(50) && Math.abs(item.x - state.petX) < margin
}

function dodgeTo(state: CatcherState, danger: Item): number {
  const roomLeft = toPixel(state.petX) > 40
  const roomRight = toPixel(state.petX) < FIELD.width - 40
  const goLeft = danger.x >= state.petX ? roomLeft : !roomRight
  return goLeft ? 0 : FIELD.width
}

function nextTreat(state: CatcherState): Item | undefined {
  let best: Item | undefined
  for (const item of state.items) {
    if (item.kind === HAZARD || item.y > toFixed(GROUND_Y - 8)) continue
    const urgency = item.y + (item.kind === GOLD ? toFixed(30) : 0)
    if (!best || urgency > best.y) best = item
  }
  return best
}
