import { TICKS_PER_SECOND } from '../engine/game.ts'

const TICK_MS = 1000 / TICKS_PER_SECOND
/** After a stall the game goes on from where it was instead of rushing through what was missed. */
const MAX_TICKS_PER_FRAME = 5
/** Frame times that are about one tick count as one: at 60 Hz every frame then steps exactly once. */
const SNAP_MS = 1.5

/** Runs `tick` 60 times a second of real time, whatever the screen's rate, and `draw` once a frame. */
export function runLoop(tick: () => void, draw: () => void): void {
  let before = performance.now()
  let owed = 0
  const frame = (now: number) => {
    const passed = now - before
    before = now
    owed += Math.abs(passed - TICK_MS) < SNAP_MS ? TICK_MS : passed
    let steps = 0
    while (owed >= TICK_MS - 0.01 && steps < MAX_TICKS_PER_FRAME) {
      tick()
      owed -= TICK_MS
      steps += 1
    }
    if (steps === MAX_TICKS_PER_FRAME) owed = 0
    draw()
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}
