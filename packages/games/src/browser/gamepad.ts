import { ACTION, DOWN, LEFT, NO_INPUT, RIGHT, UP, type Input } from '../engine/input.ts'

/** Buttons of the standard gamepad (W3C Gamepad, 6.1): the lowest of the right four, and the cross. */
const BUTTONS: readonly (readonly [number, number])[] = [
  [0, ACTION],
  [12, UP],
  [13, DOWN],
  [14, LEFT],
  [15, RIGHT],
]
const START_BUTTON = 9
const STICK_DEAD_ZONE = 0.35

/** What is held on all gamepads together. */
export interface PadState {
  /** Bits as in `Input`; the left stick counts as the cross. */
  buttons: Input
  start: boolean
}

export function readPads(): PadState {
  let buttons = NO_INPUT
  let start = false
  for (const pad of connectedPads()) {
    for (const [index, bit] of BUTTONS) if (pad.buttons[index]?.pressed) buttons |= bit
    if (pad.buttons[START_BUTTON]?.pressed) start = true
    const [x = 0, y = 0] = pad.axes
    if (x < -STICK_DEAD_ZONE) buttons |= LEFT
    if (x > STICK_DEAD_ZONE) buttons |= RIGHT
    if (y < -STICK_DEAD_ZONE) buttons |= UP
    if (y > STICK_DEAD_ZONE) buttons |= DOWN
  }
  return { buttons, start }
}

let padsAllowed = true

function connectedPads(): Gamepad[] {
  if (!padsAllowed || typeof navigator.getGamepads !== 'function') return []
  try {
    return navigator.getGamepads().filter((pad) => pad !== null)
  } catch {
    // A frame without the `gamepad` permission throws on every call: the game is played by keys and touch then.
    padsAllowed = false
    return []
  }
}

/** What somebody with a gamepad can do beside playing. */
export interface PadMenu {
  isOpen(): boolean
  /** Presses the main button of the open panel. */
  press(): void
  /** Pauses the play, or goes on with it. */
  togglePause(): void
}

/** Answers a function to call once a tick: Start pauses and goes on, the cross walks the buttons, A presses one. */
export function createPadMenu(menu: PadMenu): () => void {
  // What is held when the game opens was not meant for it.
  let before: PadState = { buttons: -1, start: true }
  return () => {
    const now = readPads()
    const pressed = now.buttons & ~before.buttons
    const hasStarted = now.start && !before.start
    before = now
    if (!menu.isOpen()) {
      if (hasStarted) menu.togglePause()
      return
    }
    if (pressed & (DOWN | RIGHT)) walk(1)
    else if (pressed & (UP | LEFT)) walk(-1)
    if (hasStarted) menu.press()
    else if (pressed & ACTION) {
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.click()
      else menu.press()
    }
  }
}

/** Moves the focus to the next or previous button that can be seen. */
function walk(step: 1 | -1): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button:not([hidden])')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = buttons.at((at + step) % buttons.length)
  // A browser shows the focus of keys only, unless it is told to.
  next?.focus({ preventScroll: true, focusVisible: true })
}
