import { INK } from '../../art/palette.ts'
import { drawBar, drawScore, type createHearts } from '../../render/hud.ts'
import type { Stage } from '../../render/stage.ts'
import { drawText } from '../../render/text.ts'
import { comboTier } from './catching.ts'
import { COMBO_STEP, MAX_COMBO_TIER } from './rules.ts'
import { ticksLeft } from './spawn.ts'
import type { CatcherState } from './state.ts'

const TIER_COLORS = ['#fff8ea', '#8be36f', '#6cc8ff', '#ffd84f', '#ff8fd0'] as const

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

/** Time, hearts, score and combo along the top. */
export function drawHud(
  context: CanvasRenderingContext2D,
  stage: Stage,
  state: CatcherState,
  hearts: ReturnType<typeof createHearts>,
  motion: HudMotion,
): void {
  const left = ticksLeft(state)
  const isShort = left < 600
  const color = isShort && state.tick % 30 < 15 ? '#ffffff' : isShort ? '#ff6b5e' : '#8be36f'
  drawBar(context, stage, left / state.rules.playTicks, color)
  hearts(context, stage, { left: state.lives, of: state.rules.lives, hurtAge: motion.hurtAge })
  drawScore(context, stage, motion.shownScore, motion.scoreAge)
  drawCombo(context, stage.width / 2, 35, state)
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
