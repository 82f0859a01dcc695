import { ACTION, DOWN, LEFT, RIGHT, UP, withPointer, type Input } from '../engine/input.ts'
import type { Stage } from '../render/stage.ts'
import { readPads } from './gamepad.ts'

const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: LEFT,
  KeyA: LEFT,
  ArrowRight: RIGHT,
  KeyD: RIGHT,
  ArrowUp: UP,
  KeyW: UP,
  ArrowDown: DOWN,
  KeyS: DOWN,
  Space: ACTION,
  Enter: ACTION,
}

export interface Controls {
  /** The input of the next tick; call it once a tick. */
  sample(): Input
  /** Forgets what is held, as after a pause. */
  release(): void
}

/** Gathers keyboard, touch, mouse and gamepad into one input; the last pointer wins until it is lifted. */
export function createControls(surface: HTMLElement, stage: () => Stage): Controls {
  const held = new Set<string>()
  let pointer: { id: number; x: number; y: number } | undefined
  /* A tap or key shorter than a tick must still be seen by one: it is kept here until the next sample. */
  let tapped: { x: number; y: number } | undefined
  let struck = 0

  const follow = (event: PointerEvent) => {
    const box = surface.getBoundingClientRect()
    const { width, height, left, top } = stage()
    pointer = {
      id: event.pointerId,
      x: ((event.clientX - box.left) / box.width) * width - left,
      y: ((event.clientY - box.top) / box.height) * height - top,
    }
  }
  const lift = (event: PointerEvent) => {
    if (pointer?.id === event.pointerId) pointer = undefined
  }

  window.addEventListener('keydown', (event) => {
    if (KEYS[event.code] === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    held.add(event.code)
    if (!event.repeat) struck |= KEYS[event.code] ?? 0
    // Arrow keys and space would scroll the page around an embedded game; a focused button keeps its own keys.
    if (!(event.target instanceof HTMLButtonElement)) event.preventDefault()
  })
  window.addEventListener('keyup', (event) => held.delete(event.code))
  window.addEventListener('blur', () => held.clear())
  surface.addEventListener('pointerdown', (event) => {
    surface.setPointerCapture(event.pointerId)
    follow(event)
    tapped = pointer
  })
  surface.addEventListener('pointermove', (event) => {
    if (pointer?.id === event.pointerId) follow(event)
  })
  surface.addEventListener('pointerup', lift)
  surface.addEventListener('pointercancel', lift)
  surface.addEventListener('contextmenu', (event) => event.preventDefault())

  return {
    sample() {
      let buttons = readPads().buttons | struck
      for (const code of held) buttons |= KEYS[code] ?? 0
      const at = pointer ?? tapped
      struck = 0
      tapped = undefined
      return at ? withPointer(buttons, at.x, at.y) : buttons
    },
    release() {
      held.clear()
      pointer = undefined
      tapped = undefined
      struck = 0
    },
  }
}
