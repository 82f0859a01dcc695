import { heartPictures } from '../art/items.ts'
import { INK } from '../art/palette.ts'
import type { Stage } from './stage.ts'
import { drawText } from './text.ts'

const MAX_WIDTH = 230
const HEART_STEP = 11
const COUNT_TICKS = 50

/** The strip along the top that figures stand in; room at its right end is left to the pause and sound buttons. */
export function hudStrip(stage: Stage): { left: number; width: number } {
  const width = Math.min(MAX_WIDTH, stage.width - 10)
  return { left: Math.round((stage.width - width) / 2), width }
}

/** Draws a row of hearts; the newest lost one shakes for `hurtAge` < 24 ticks. Make one per view: it holds pictures. */
export function createHearts(): (
  context: CanvasRenderingContext2D,
  stage: Stage,
  lives: { left: number; of: number; hurtAge: number },
) => void {
  const { full, lost } = heartPictures()
  return (context, stage, lives) => {
    const { left } = hudStrip(stage)
    for (let i = 0; i < lives.of; i += 1) {
      const isLost = i >= lives.left
      const shake = i === lives.left && lives.hurtAge < 24 ? ((lives.hurtAge >> 1) % 3) - 1 : 0
      context.drawImage(isLost ? lost : full, left + i * HEART_STEP - 1 + shake, 13)
    }
  }
}

/** The score in the middle; it jumps for a moment after it grew (`age` in ticks). */
export function drawScore(context: CanvasRenderingContext2D, stage: Stage, shown: number, age: number): void {
  const jump = age < 6 ? 2 - Math.floor(age / 3) : 0
  drawText(context, String(shown), stage.width / 2, 9 - jump, {
    color: '#ffffff',
    outline: INK,
    scale: 2,
    align: 'center',
  })
}

const TIER_COLORS = ['#fff8ea', '#8be36f', '#6cc8ff', '#ffd84f', '#ff8fd0'] as const

/** The colour of a multiplier, 1 to 5. */
export function tierColor(tier: number): string {
  return TIER_COLORS[Math.min(tier, TIER_COLORS.length) - 1] ?? TIER_COLORS[0]
}

/** The multiplier, and how many of the `of` catches towards the next one are made; nothing without a streak. */
export function drawStreak(
  context: CanvasRenderingContext2D,
  stage: Stage,
  streak: { tier: number; topTier: number; length: number; of: number },
): void {
  const { tier, topTier, length, of } = streak
  if (length === 0) return
  const color = tierColor(tier)
  const pips = tier === topTier ? of : length % of
  const y = 35
  const start = Math.round(stage.width / 2 - (15 + of * 6) / 2)
  drawText(context, `×${tier}`, start, y - 3, { color, outline: INK })
  for (let i = 0; i < of; i += 1) {
    context.fillStyle = INK
    context.fillRect(start + 15 + i * 6, y + 1, 7, 7)
    context.fillStyle = i < pips ? color : '#5d4a6e'
    context.fillRect(start + 16 + i * 6, y + 2, 5, 5)
  }
}

/** A bar along the top, as for time left or the way to a goal; `share` is 0 to 1. */
export function drawBar(context: CanvasRenderingContext2D, stage: Stage, share: number, color: string): void {
  const { left, width } = hudStrip(stage)
  const y = 4
  context.fillStyle = INK
  context.fillRect(left + 1, y, width - 2, 6)
  context.fillRect(left, y + 1, width, 4)
  context.fillStyle = '#5d4a6e'
  context.fillRect(left + 2, y + 2, width - 4, 2)
  context.fillStyle = color
  context.fillRect(left + 2, y + 2, Math.ceil((width - 4) * Math.min(1, Math.max(0, share))), 2)
}

/** Three, two, one over the ticks 1 to `readyTicks` (50 for each figure), then `go` for a moment; false when over. */
export function drawCountdown(
  context: CanvasRenderingContext2D,
  stage: Stage,
  tick: number,
  readyTicks: number,
  go: string,
  calm: boolean,
): boolean {
  const y = stage.top + 84
  const middle = stage.width / 2
  if (tick <= readyTicks) {
    const count = Math.ceil(readyTicks / COUNT_TICKS) - Math.floor(Math.max(0, tick - 1) / COUNT_TICKS)
    const age = Math.max(0, tick - 1) % COUNT_TICKS
    const scale = age < 4 && !calm ? 7 : 6
    drawText(context, String(count), middle, y, { color: '#ffffff', outline: INK, scale, align: 'center' })
    return true
  }
  if (tick >= readyTicks + 45) return false
  drawText(context, go, middle, y + 8, { color: '#ffd84f', outline: INK, scale: 4, align: 'center' })
  return true
}

/** What the countdown sounds like on this tick, if anything. */
export function countdownSound(tick: number, readyTicks: number): 'count' | 'go' | undefined {
  if (tick <= readyTicks) return tick % COUNT_TICKS === 1 ? 'count' : undefined
  return tick === readyTicks + 1 ? 'go' : undefined
}

/** A line of news that slides in and stays for a second and a half; `age` in ticks since it came. */
export function drawBanner(
  context: CanvasRenderingContext2D,
  stage: Stage,
  words: string,
  age: number,
  calm: boolean,
): void {
  if (age >= 90) return
  const slide = calm ? 0 : Math.max(0, 10 - age) * 9
  drawText(context, words, stage.width / 2 + slide, stage.top + 84, {
    color: '#ffd84f',
    outline: INK,
    scale: 2,
    align: 'center',
  })
}
