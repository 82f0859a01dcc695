import { drawBar, drawScore, drawStreak, type createHearts } from '../../render/hud.ts'
import type { Stage } from '../../render/stage.ts'
import { comboTier } from './catching.ts'
import { COMBO_STEP, MAX_COMBO_TIER } from './rules.ts'
import { ticksLeft } from './spawn.ts'
import type { CatcherState } from './state.ts'

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
  const streak = { tier: comboTier(state), topTier: MAX_COMBO_TIER, length: state.combo, of: COMBO_STEP }
  drawStreak(context, stage, streak)
}
