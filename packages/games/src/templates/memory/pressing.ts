import { ACTION, DOWN, LEFT, pointerX, pointerY, RIGHT, UP, type Input } from '../../engine/input.ts'
import { placeAt } from './layout.ts'
import { MOVED, type MemoryState } from './state.ts'

const ARROWS = LEFT | RIGHT | UP | DOWN
/** A held arrow waits so long, then goes on this often. */
const FIRST_REPEAT_TICKS = 20
const REPEAT_TICKS = 8

/** Whether anything was pressed in this tick that was not held before. */
export function isPress(state: MemoryState, input: Input): boolean {
  return isTap(state, input) || (input & ACTION & ~state.before) !== 0
}

function isTap(state: MemoryState, input: Input): boolean {
  return pointerX(input) >= 0 && pointerX(state.before) < 0
}

/** The place of the card that is to be turned, or -1: under a new tap, or under the cursor at a new press. */
export function pressedPlace(state: MemoryState, input: Input): number {
  if (isTap(state, input)) {
    state.usesKeys = false
    const place = placeAt(state, pointerX(input), pointerY(input))
    if (place >= 0) state.cursor = place
    return place
  }
  moveCursor(state, input)
  if ((input & ACTION & ~state.before) === 0) return -1
  state.usesKeys = true
  return state.cursor
}

/** One step for a press, more while it is held; the cursor stops at the edges. */
function moveCursor(state: MemoryState, input: Input): void {
  const held = input & ARROWS
  const fresh = held & ~state.before
  state.repeatTicks = held === 0 || fresh !== 0 ? 0 : state.repeatTicks + 1
  const again = state.repeatTicks >= FIRST_REPEAT_TICKS && (state.repeatTicks - FIRST_REPEAT_TICKS) % REPEAT_TICKS === 0
  const moving = again ? held : fresh
  if (moving === 0) return
  const { columns, rows } = state
  const column = state.cursor % columns
  const row = Math.floor(state.cursor / columns)
  const nextColumn = column + (moving & RIGHT ? 1 : 0) - (moving & LEFT ? 1 : 0)
  const nextRow = row + (moving & DOWN ? 1 : 0) - (moving & UP ? 1 : 0)
  const next = Math.min(rows - 1, Math.max(0, nextRow)) * columns + Math.min(columns - 1, Math.max(0, nextColumn))
  // The first arrow only shows where the cursor is.
  if (state.usesKeys && next !== state.cursor) {
    state.cursor = next
    state.events.push({ type: MOVED, place: next, value: 0 })
  }
  state.usesKeys = true
}
