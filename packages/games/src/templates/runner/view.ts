import { themeColors } from '../../art/theme-colors.ts'
import { INK } from '../../art/palette.ts'
import type { GameView } from '../../browser/view.ts'
import { toFixed, toPixel } from '../../engine/fixed.ts'
import {
  countdownSound,
  createHearts,
  drawBanner,
  drawBar,
  drawCountdown,
  drawScore,
  drawStreak,
} from '../../render/hud.ts'
import { createParticles } from '../../render/particles.ts'
import { layOut, type Stage } from '../../render/stage.ts'
import { drawText } from '../../render/text.ts'
import { createParallax } from '../../scenery/parallax.ts'
import { drawCabin } from '../../scenery/props.ts'
import type { RunnerConfig } from './config.ts'
import { calmMood, showEvent, type RunnerTools } from './effects.ts'
import { drawPet } from './pet-view.ts'
import { COMBO_STEP, DUCK_ZONE, FIELD, GROUND_Y, MAX_COMBO_TIER, PET_X, READY_TICKS } from './rules.ts'
import { comboTier } from './meet.ts'
import { ticksLeft } from './course.ts'
import type { RunnerState } from './state.ts'
import { createThingsView } from './things-view.ts'

const CONFETTI = ['#ffd84f', '#ff8fd0', '#6cc8ff', '#8be36f', '#ffffff'] as const
const FAST = toFixed(3.6)

export function createRunnerView(config: RunnerConfig, tools: RunnerTools): GameView<RunnerState> {
  const things = createThingsView(config.theme)
  const world = createParallax(config.theme, tools.background, tools.calm, GROUND_Y)
  const hearts = createHearts()
  const particles = createParticles()
  const isTouch = window.matchMedia('(pointer: coarse)').matches
  let mood = calmMood()
  let shownScore = 0
  let stage: Stage = layOut(FIELD, FIELD)

  const settle = () => {
    particles.step()
    mood.shake = Math.max(0, mood.shake - 1)
    mood.flash = Math.max(0, mood.flash - 1)
    mood.squash -= Math.sign(mood.squash)
  }
  const step = (state: RunnerState) => {
    settle()
    mood.bannerAge += 1
    mood.hurtAge += 1
    mood.scoreAge += 1
    mood.airAge += 1
    shownScore += Math.ceil((state.score - shownScore) / 6)
    if (state.body.y <= 0 && state.tick % 8 === 0) {
      particles.burst({
        x: PET_X - 12,
        y: GROUND_Y,
        colors: ['#ffffff'],
        count: 2,
        speed: 0.7,
        lift: 0.3,
        life: 16,
        size: 1,
      })
    }
    if (state.magnetTicks > 0 && state.tick % 6 === 0) {
      particles.burst({
        x: PET_X,
        y: GROUND_Y - toPixel(state.body.y) - 16,
        colors: ['#ff9dbf'],
        count: 2,
        speed: 1.4,
        gravity: 0,
        life: 24,
        size: 1,
      })
    }
  }

  const drawHome = (context: CanvasRenderingContext2D, state: RunnerState) => {
    const x = stage.left + PET_X + toPixel(ticksLeft(state) * state.speed) + 14
    if (x < stage.width + 40) drawCabin(context, x, stage.top + GROUND_Y)
  }
  /** Streaks of air at the edges, once it gets fast. */
  const drawWind = (context: CanvasRenderingContext2D, state: RunnerState) => {
    if (tools.calm || state.speed < FAST) return
    context.fillStyle = 'rgba(255, 255, 255, 0.35)'
    for (let i = 0; i < 7; i += 1) {
      const length = 14 + i * 3
      const way = (state.tick * (7 + (i % 3)) + i * 91) % (stage.width + length)
      context.fillRect(stage.width - way, stage.top + 20 + i * 19, length, 1)
    }
  }
  const drawTouchZones = (context: CanvasRenderingContext2D, state: RunnerState) => {
    if (!isTouch || state.tick > READY_TICKS + 60) return
    const edge = stage.left + DUCK_ZONE
    const y = stage.top + GROUND_Y + 12
    const style = { color: '#ffffff', outline: INK, align: 'center' } as const
    context.fillStyle = 'rgba(255, 255, 255, 0.25)'
    for (let dot = 0; dot < stage.height; dot += 6) context.fillRect(edge, dot, 1, 3)
    drawText(context, tools.text('runner.duckZone'), edge / 2, y, style)
    drawText(context, tools.text('runner.jumpZone'), (edge + stage.width) / 2, y, style)
  }
  const drawHud = (context: CanvasRenderingContext2D, state: RunnerState) => {
    const isStarting = drawCountdown(context, stage, state.tick, READY_TICKS, tools.text('play.go'), tools.calm)
    if (!isStarting) drawBanner(context, stage, mood.banner, mood.bannerAge, tools.calm)
    drawTouchZones(context, state)
    drawBar(context, stage, 1 - ticksLeft(state) / state.rules.playTicks, '#ffd84f')
    hearts(context, stage, { left: state.lives, of: state.rules.lives, hurtAge: mood.hurtAge })
    drawScore(context, stage, shownScore, mood.scoreAge)
    drawStreak(context, stage, { tier: comboTier(state), topTier: MAX_COMBO_TIER, length: state.combo, of: COMBO_STEP })
  }

  return {
    colors: themeColors[config.theme],
    label: tools.text('runner.label', { name: config.petName }),
    resize(next) {
      stage = next
      world.resize(next)
    },
    afterStep(state, live) {
      if (!live) {
        shownScore = state.score
        return
      }
      for (const event of state.events) showEvent(event, state, tools, particles, mood)
      const count = countdownSound(state.tick, READY_TICKS)
      if (count) tools.sound.play(count)
      step(state)
    },
    draw(context, state, showHud) {
      const shakes = mood.shake > 0 && !tools.calm
      const push = shakes ? Math.ceil(mood.shake / 5) : 0
      // Before the start the world already passes by, so that the pet runs on the spot without looking it.
      const lead = (Math.min(state.tick, READY_TICKS) * state.speed) / 256
      context.save()
      if (shakes) context.translate(mood.shake % 4 < 2 ? push : -push, mood.shake % 3 === 0 ? push : 0)
      world.draw(context, stage, toPixel(state.x) + lead)
      drawHome(context, state)
      things.drawPits(context, stage, state)
      drawWind(context, state)
      things.draw(context, stage, state, tools.calm)
      drawPet(context, stage, state, tools, mood)
      particles.draw(context, stage.left, stage.top)
      context.restore()
      if (mood.flash > 0 && !tools.calm) {
        context.fillStyle = `rgba(238, 75, 69, ${mood.flash * 0.04})`
        context.fillRect(0, 0, stage.width, stage.height)
      }
      if (showHud) drawHud(context, state)
    },
    rest(celebrating) {
      settle()
      mood.airAge += 1
      if (!celebrating || tools.calm || Math.random() > 0.12) return
      const at = { x: Math.random() * FIELD.width, y: Math.random() * 90 - 30 }
      particles.burst({ ...at, colors: CONFETTI, count: 14, speed: 1.8, life: 70, gravity: 0.04 })
    },
    reset() {
      particles.clear()
      mood = calmMood()
      shownScore = 0
    },
    summary: (state) => ({
      headline: tools.text(state.lives > 0 ? 'runner.home' : 'runner.outOfHearts', { name: config.petName }),
      lines: [
        tools.text('runner.metres', { count: state.metres }),
        tools.text('runner.treats', { count: state.treats }),
        tools.text('runner.bestCombo', { count: state.bestCombo }),
      ],
    }),
    help: () => ({
      hints: [
        { words: tools.text('runner.jumpOver'), pictures: things.obstacles },
        { words: tools.text('runner.collect'), pictures: things.treats },
      ],
      touch: tools.text('runner.touch'),
      keys: tools.text('runner.keys'),
    }),
  }
}
