import { toPixel } from '../../engine/fixed.ts'
import { themeColors } from '../../art/theme-colors.ts'
import type { GameView } from '../../browser/view.ts'
import { countdownSound, createHearts, drawBanner, drawCountdown } from '../../render/hud.ts'
import { createParticles } from '../../render/particles.ts'
import { layOut, type Stage } from '../../render/stage.ts'
import { createScenery } from '../../scenery/scenery.ts'
import type { CatcherConfig } from './config.ts'
import { calmMood, showEvent, type CatcherTools } from './effects.ts'
import { drawHud } from './hud.ts'
import { FIELD, GROUND_Y, READY_TICKS } from './rules.ts'
import * as S from './state.ts'
import type { CatcherState } from './state.ts'
import { createItemArt } from './theme-art.ts'

const CONFETTI = ['#ffd84f', '#ff8fd0', '#6cc8ff', '#8be36f', '#ffffff'] as const

export function createCatcherView(config: CatcherConfig, tools: CatcherTools): GameView<CatcherState> {
  const art = createItemArt(config.theme)
  const scenery = createScenery(config.theme, tools.background, tools.calm, GROUND_Y)
  const hearts = createHearts()
  const particles = createParticles()
  let mood = calmMood()
  let shownScore = 0
  let stage: Stage = layOut(FIELD, FIELD)

  const step = (state: CatcherState) => {
    particles.step()
    mood.shake = Math.max(0, mood.shake - 1)
    mood.squash = Math.max(0, mood.squash - 1)
    mood.flash = Math.max(0, mood.flash - 1)
    mood.bannerAge += 1
    mood.hurtAge += 1
    mood.scoreAge += 1
    shownScore += Math.ceil((state.score - shownScore) / 6)
    if (state.gustTicks > 0) blowLeaves(state)
    if (Math.abs(state.petV) > 500 && state.tick % 9 === 0) {
      const heel = toPixel(state.petX) - state.facing * 12
      particles.burst({ x: heel, y: GROUND_Y, colors: ['#ffffff'], count: 2, speed: 0.6, lift: 0.3, life: 14, size: 1 })
    }
  }

  const blowLeaves = (state: CatcherState) => {
    const x = state.gustDirection > 0 ? -stage.left : FIELD.width + stage.left
    particles.burst({
      x,
      y: Math.random() * GROUND_Y,
      colors: ['#d9f2c2', '#ffffff'],
      count: 1,
      speed: 0.3,
      gravity: 0,
      life: 50,
      size: 1,
    })
  }

  const drawPet = (context: CanvasRenderingContext2D, state: CatcherState) => {
    const x = stage.left + toPixel(state.petX)
    const ground = stage.top + GROUND_Y
    context.fillStyle = 'rgba(42, 27, 61, 0.28)'
    context.fillRect(x - 13, ground, 26, 2)
    context.fillRect(x - 10, ground + 2, 20, 1)
    const isBlinking = state.safeTicks > 0 && state.safeTicks % 10 < 4 && !tools.calm
    const bounce = tools.calm ? 0 : Math.sin((mood.squash / 10) * Math.PI) * 0.16
    if (!isBlinking) {
      tools.pet.draw(context, x, ground + 1, {
        animation: Math.abs(state.petV) > 60 ? 'walk' : 'idle',
        tick: state.tick,
        facing: state.facing,
        stretchX: 1 + bounce,
        stretchY: 1 - bounce,
      })
    }
    drawPowers(context, state, x, ground - Math.round(tools.pet.height / 2))
  }

  const drawPowers = (context: CanvasRenderingContext2D, state: CatcherState, x: number, y: number) => {
    const fades = (ticks: number) => ticks > 90 || ticks % 16 < 9
    if (state.shieldTicks > 0 && fades(state.shieldTicks)) ring(context, x, y, 27, '#a5f2fa', 1)
    if (state.magnetTicks > 0 && fades(state.magnetTicks)) {
      for (let i = 0; i < 3; i += 1) ring(context, x, y, 24 + ((state.tick + i * 14) % 42), '#ff9dbf', 7)
    }
    if (state.slowTicks > 0 && fades(state.slowTicks)) context.drawImage(art.of(S.SLOW, 0), x - 8, y - 46)
  }

  const drawItems = (context: CanvasRenderingContext2D, state: CatcherState) => {
    for (const item of state.items) {
      const picture = art.of(item.kind, item.look)
      const x = stage.left + toPixel(item.x)
      const y = stage.top + toPixel(item.y)
      const sway = tools.calm ? 0 : Math.round(Math.sin((state.tick + item.id * 17) / 11))
      const shadow = Math.max(3, 8 - Math.floor((GROUND_Y - toPixel(item.y)) / 34))
      if (item.y > 0) {
        context.fillStyle = item.kind === S.HAZARD ? 'rgba(190, 30, 60, 0.4)' : 'rgba(42, 27, 61, 0.22)'
        context.fillRect(x - shadow, stage.top + GROUND_Y + 1, shadow * 2, 2)
      }
      if (item.kind !== S.TREAT && item.kind !== S.HAZARD) drawSparkle(context, x, y, state.tick + item.id * 9)
      context.drawImage(picture, x - Math.floor(picture.width / 2), y - Math.floor(picture.height / 2) + sway)
    }
  }

  const drawMessages = (context: CanvasRenderingContext2D, state: CatcherState) => {
    const isStarting = drawCountdown(context, stage, state.tick, READY_TICKS, tools.text('play.go'), tools.calm)
    if (!isStarting) drawBanner(context, stage, mood.banner, mood.bannerAge, tools.calm)
  }

  return {
    colors: themeColors[config.theme],
    label: tools.text('catcher.label', { name: config.petName }),
    resize(next) {
      stage = next
      scenery.resize(next)
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
      context.save()
      if (shakes) context.translate(mood.shake % 4 < 2 ? push : -push, mood.shake % 3 === 0 ? push : 0)
      scenery.draw(context, stage, state.tick, (toPixel(state.petX) / FIELD.width) * 2 - 1)
      drawItems(context, state)
      drawPet(context, state)
      particles.draw(context, stage.left, stage.top)
      context.restore()
      if (mood.flash > 0 && !tools.calm) {
        context.fillStyle = `rgba(238, 75, 69, ${mood.flash * 0.04})`
        context.fillRect(0, 0, stage.width, stage.height)
      }
      if (!showHud) return
      drawMessages(context, state)
      drawHud(context, stage, state, hearts, { shownScore, scoreAge: mood.scoreAge, hurtAge: mood.hurtAge })
    },
    rest(celebrating) {
      particles.step()
      mood.shake = Math.max(0, mood.shake - 1)
      mood.flash = Math.max(0, mood.flash - 1)
      if (!celebrating || tools.calm || Math.random() > 0.12) return
      const x = Math.random() * FIELD.width
      particles.burst({
        x,
        y: Math.random() * 90 - 30,
        colors: CONFETTI,
        count: 14,
        speed: 1.8,
        life: 70,
        gravity: 0.04,
      })
    },
    summary: (state) => ({
      headline: tools.text(state.lives > 0 ? 'catcher.timeUp' : 'catcher.outOfHearts'),
      lines: [
        tools.text('catcher.caught', { count: state.caught }),
        tools.text('catcher.bestCombo', { count: state.bestCombo }),
      ],
    }),
    reset() {
      particles.clear()
      mood = calmMood()
      shownScore = 0
    },
    help: () => ({
      hints: [
        { words: tools.text('catcher.catchThese'), pictures: [0, 1, 2].map((look) => art.of(S.TREAT, look)) },
        { words: tools.text('catcher.avoidThese'), pictures: [0, 1].map((look) => art.of(S.HAZARD, look)) },
      ],
      touch: tools.text('catcher.touch'),
      keys: tools.text('catcher.keys'),
    }),
  }
}

/** A dotted circle: every `gap`th point only. */
function ring(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  color: string,
  gap: number,
): void {
  context.fillStyle = color
  const points = radius * 6
  for (let i = 0; i < points; i += gap) {
    const angle = (i / points) * Math.PI * 2
    context.fillRect(Math.round(x + Math.cos(angle) * radius), Math.round(y + Math.sin(angle) * radius), 1, 1)
  }
}

function drawSparkle(context: CanvasRenderingContext2D, x: number, y: number, tick: number): void {
  context.fillStyle = '#fffbe6'
  for (let i = 0; i < 3; i += 1) {
    const age = (tick + i * 13) % 39
    if (age > 20) continue
    const angle = i * 2.1 + Math.floor((tick + i * 13) / 39)
    const px = Math.round(x + Math.cos(angle) * 11)
    const py = Math.round(y + Math.sin(angle) * 11)
    context.fillRect(px, py, 1, 1)
    if (age > 5 && age < 15) {
      context.fillRect(px - 1, py, 3, 1)
      context.fillRect(px, py - 1, 1, 3)
    }
  }
}
