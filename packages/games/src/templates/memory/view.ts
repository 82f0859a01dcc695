import { INK } from '../../art/palette.ts'
import { themeColors } from '../../art/theme-colors.ts'
import type { GameView } from '../../browser/view.ts'
import { createHearts, drawBar, drawScore, hudStrip } from '../../render/hud.ts'
import { createParticles } from '../../render/particles.ts'
import { layOut, type Stage } from '../../render/stage.ts'
import { drawText, measureText } from '../../render/text.ts'
import { createScenery } from '../../scenery/scenery.ts'
import { createBoardView } from './board-view.ts'
import { createCardArt } from './card-art.ts'
import type { MemoryConfig } from './config.ts'
import { calmMood, showEvent, type MemoryTools } from './mood.ts'
import { FIELD, GROUND_Y, roundTicks } from './rules.ts'
import { PLAYING, WAITING, type MemoryState } from './state.ts'

const CONFETTI = ['#ffd84f', '#ff8fd0', '#6cc8ff', '#8be36f', '#ffffff'] as const
const SHORT_TICKS = 600
const BANNER_TICKS = 90
/** Under the cards: news must not hide what they are about. */
const NEWS_Y = 184

export function createMemoryView(config: MemoryConfig, tools: MemoryTools): GameView<MemoryState> {
  const art = createCardArt(tools.pet, config.theme)
  const board = createBoardView(art, tools.calm)
  const scenery = createScenery(config.theme, tools.background, tools.calm, GROUND_Y)
  const hearts = createHearts()
  const particles = createParticles()
  let mood = calmMood()
  let shownScore = 0
  let stage: Stage = layOut(FIELD, FIELD)

  const age = () => {
    particles.step()
    mood.bannerAge += 1
    mood.hurtAge += 1
    mood.scoreAge += 1
    mood.happy = Math.max(0, mood.happy - 1)
    mood.puzzled = Math.max(0, mood.puzzled - 1)
    mood.shake = Math.max(0, mood.shake - 1)
  }

  const drawPet = (context: CanvasRenderingContext2D, state: MemoryState) => {
    const ground = stage.top + GROUND_Y
    const x = stage.left + FIELD.width / 2
    const hop = mood.happy > 0 && !tools.calm ? Math.abs(Math.sin(mood.happy / 7)) * 9 : 0
    context.fillStyle = 'rgba(42, 27, 61, 0.28)'
    context.fillRect(x - 13, ground, 26, 2)
    context.fillRect(x - 10, ground + 2, 20, 1)
    tools.pet.draw(context, x, ground + 1 - hop, {
      animation: mood.happy > 0 ? 'happy' : 'idle',
      tick: state.tick,
      facing: mood.facing,
      stretchX: 1,
      stretchY: 1,
    })
    if (mood.puzzled > 0)
      drawText(context, '?', x + mood.facing * 22, ground - tools.pet.height - 2, {
        color: '#ffffff',
        outline: INK,
        scale: 2,
        align: 'center',
      })
  }

  const drawHud = (context: CanvasRenderingContext2D, state: MemoryState) => {
    const isShort = state.clockTicks < SHORT_TICKS
    const blinks = isShort && state.part === PLAYING && state.tick % 30 < 15 && !tools.calm
    const color = blinks ? '#ffffff' : isShort ? '#ff6b5e' : '#8be36f'
    drawBar(context, stage, state.clockTicks / roundTicks(state.rules, state.round), color)
    if (state.rules.careless)
      hearts(context, stage, {
        left: state.lives,
        of: Math.max(state.lives, state.rules.lives),
        hurtAge: mood.hurtAge,
      })
    drawScore(context, stage, shownScore, mood.scoreAge)
    const { left, width } = hudStrip(stage)
    const isLast = state.round + 1 === state.rules.rounds
    const words = isLast ? tools.text('memory.lastRound') : tools.text('memory.round', { round: state.round + 1 })
    drawText(context, words, left, 27, { color: '#ffffff', outline: INK })
    if (state.combo > 1)
      drawText(context, `×${Math.min(5, state.combo)}`, left + width, 27, {
        color: '#8be36f',
        outline: INK,
        align: 'right',
      })
  }

  const drawMessages = (context: CanvasRenderingContext2D, state: MemoryState) => {
    if (state.part !== WAITING) {
      if (mood.bannerAge < BANNER_TICKS) drawNews(context, mood.banner, NEWS_Y)
      return
    }
    drawNews(context, tools.text('memory.deal'), 156 + (tools.calm || state.tick % 60 < 30 ? 0 : 2))
  }

  /** A line in the middle, as large as the screen's width allows. */
  const drawNews = (context: CanvasRenderingContext2D, words: string, y: number) => {
    const scale = measureText(words) * 2 <= stage.width - 8 ? 2 : 1
    const style = { color: '#ffd84f', outline: INK, scale, align: 'center' } as const
    drawText(context, words, stage.width / 2, stage.top + y, style)
  }

  return {
    colors: themeColors[config.theme],
    label: tools.text('memory.label', { name: config.petName }),
    resize(next) {
      stage = next
      scenery.resize(next)
    },
    afterStep(state, live) {
      board.step(state, !live)
      if (!live) {
        shownScore = state.score
        return
      }
      for (const event of state.events) showEvent(event, state, tools, particles, mood)
      shownScore += Math.ceil((state.score - shownScore) / 6)
      age()
    },
    draw(context, state, showHud) {
      const shakes = mood.shake > 0 && !tools.calm
      context.save()
      if (shakes) context.translate(mood.shake % 4 < 2 ? 1 : -1, 0)
      scenery.draw(context, stage, state.tick, 0)
      board.draw(context, stage, state)
      drawPet(context, state)
      particles.draw(context, stage.left, stage.top)
      context.restore()
      if (!showHud) return
      drawMessages(context, state)
      drawHud(context, state)
    },
    rest(celebrating) {
      age()
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
    summary(state) {
      const headline = state.won ? 'memory.won' : state.lives > 0 ? 'memory.timeUp' : 'memory.outOfHearts'
      return {
        headline: tools.text(headline),
        lines: [
          tools.text('memory.pairs', { count: state.found }),
          tools.text('memory.bestCombo', { count: state.bestCombo }),
        ],
      }
    },
    reset() {
      particles.clear()
      mood = calmMood()
      shownScore = 0
    },
    help: () => ({
      hints: [{ words: tools.text('memory.find'), pictures: [0, 0, 1, 1].map((look) => art.face(look, 25, 31)) }],
      touch: tools.text('memory.touch'),
      keys: tools.text('memory.keys'),
    }),
  }
}
