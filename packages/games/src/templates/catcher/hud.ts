import { drawText } from '../../render/text.ts'
import type { Stage } from '../../render/stage.ts'
import { comboTier } from './catching.ts'
import { INK } from './palette.ts'
import { COMBO_STEP, MAX_COMBO_TIER } from './rules.ts'
import { ticksLeft } from './spawn.ts'
import type { CatcherState } from './state.ts'
import type { ItemArt } from './theme-art.ts'

const TIER_COLORS = ['#fff8ea', '#8be36f', '#6cc8ff', '#ffd84f', '#ff8fd0'] as const
const MAX_WIDTH = 230

export function tierColor(tier: number): string {
  return TIER_COLORS[Math.min(tier, TIER_COLORS.length) - 1] ?? TIER_COLORS[0]
}

export interface HudMotion {
  /** The score as shown: it runs after the real one. */
  shownScore: number
  /** Ticks since the score last grew, for its little jump. */
  scoreAge: number
  /** Ticks since a heart was lost. */
  hurtAge: number
}

/** Hearts, score, time and combo along the top; room at both ends is left to the pause and sound buttons. */
export function drawHud(
  context: CanvasRenderingContext2D,
  stage: Stage,
  state: CatcherState,
  art: ItemArt,
  motion: HudMotion,
): void {
  const width = Math.min(MAX_WIDTH, stage.width - 10)
  const left = Math.round((stage.width - width) / 2)
  drawTime(context, state, left, 4, width)

  for (let i = 0; i < state.rules.lives; i += 1) {
    const isLost = i >= state.lives
    const shake = isLost && i === state.lives && motion.hurtAge < 24 ? ((motion.hurtAge >> 1) % 3) - 1 : 0
    context.drawImage(isLost ? art.emptyHeart : art.heart, left + i * 11 - 1 + shake, 13)
  }
  const jump = motion.scoreAge < 6 ? 2 - Math.floor(motion.scoreAge / 3) : 0
  drawText(context, String(motion.shownScore), stage.width / 2, 9 - jump, {
    color: '#ffffff',
    outline: INK,
    scale: 2,
    align: 'center',
  })
  drawCombo(context, stage.width / 2, 35, state)
}

function drawTime(context: CanvasRenderingContext2D, state: CatcherState, x: number, y: number, width: number): void {
  const share = ticksLeft(state) / state.rules.playTicks
  const filled = Math.ceil((width - 4) * share)
  const isShort = ticksLeft(state) < 600
  context.fillStyle = INK
  context.fillRect(x + 1, y, width - 2, 6)
  context.fillRect(x, y + 1, width, 4)
  context.fillStyle = '#5d4a6e'
  context.fillRect(x + 2, y + 2, width - 4, 2)
  context.fillStyle = isShort && state.tick % 30 < 15 ? '#ffffff' : isShort ? '#ff6b5e' : '#8be36f'
  context.fillRect(x + 2, y + 2, filled, 2)
}

function drawCombo(context: CanvasRenderingContext2D, x: number, y: number, state: CatcherState): void {
  const tier = comboTier(state)
  if (state.combo === 0) return
  const color = tierColor(tier)
  const isFull = tier === MAX_COMBO_TIER
  const pips = isFull ? COMBO_STEP : state.combo % COMBO_STEP
  const start = Math.round(x - 23)
  drawText(context, `×${tier}`, start, y - 3, { color, outline: INK })
  for (let i = 0; i < COMBO_STEP; i += 1) {
    context.fillStyle = INK
    context.fillRect(start + 15 + i * 6, y + 1, 7, 7)
    context.fillStyle = i < pips ? color : '#5d4a6e'
    context.fillRect(start + 16 + i * 6, y + 2, 5, 5)
  }
}
