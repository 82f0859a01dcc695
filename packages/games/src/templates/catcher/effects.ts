import { toPixel } from '../../engine/fixed.ts'
import { INK } from '../../art/palette.ts'
import type { ViewTools } from '../../browser/view.ts'
import { tierColor } from '../../render/hud.ts'
import type { Particles } from '../../render/particles.ts'
import { comboTier } from './catching.ts'
import { GROUND_Y } from './rules.ts'
import * as S from './state.ts'
import type { CatcherState, GameEvent } from './state.ts'
import type { CatcherText } from './texts.ts'

export type CatcherTools = ViewTools<CatcherText, 'gust'>

/** What lingers after an event; counted in ticks by the view. */
export interface Mood {
  shake: number
  squash: number
  flash: number
  bannerAge: number
  banner: string
  hurtAge: number
  scoreAge: number
}

export function calmMood(): Mood {
  return { shake: 0, squash: 0, flash: 0, bannerAge: 999, banner: '', hurtAge: 999, scoreAge: 999 }
}

const CRUMBS = ['#fff8ea', '#f4d9a6', '#ffd84f'] as const
const GOLDEN = ['#fff8ea', '#ffe66b', '#f0a92b'] as const
const PAIN = ['#ff6b5e', '#fff8ea', '#a92645'] as const
const DUST = ['#ffffff', '#e7dccb'] as const
const POWER = ['#a5f2fa', '#ad80ee', '#ffffff'] as const

/** Turns one event of the simulation into sound, sparks, numbers and mood. */
export function showEvent(
  event: GameEvent,
  state: CatcherState,
  tools: CatcherTools,
  particles: Particles,
  mood: Mood,
): void {
  const { sound, text } = tools
  const x = toPixel(event.x)
  const y = toPixel(event.y)
  const say = (banner: string) => {
    mood.banner = banner
    mood.bannerAge = 0
  }
  switch (event.type) {
    case S.CAUGHT: {
      const isGold = event.value >= 50 * state.rules.pointFactor * comboTier(state)
      sound.play(isGold ? 'gold' : 'catch', state.combo % 11)
      particles.burst({
        x,
        y,
        colors: isGold ? GOLDEN : CRUMBS,
        count: isGold ? 26 : 10,
        speed: isGold ? 2.2 : 1.4,
        lift: 0.6,
      })
      particles.label(x, y - 8, `+${event.value}`, tierColor(comboTier(state)), INK, isGold ? 2 : 1)
      mood.squash = 10
      mood.scoreAge = 0
      break
    }
    case S.HURT:
      sound.play('hurt')
      particles.burst({ x: toPixel(state.petX), y: GROUND_Y - 24, colors: PAIN, count: 20, speed: 2 })
      mood.shake = 16
      mood.flash = 8
      mood.hurtAge = 0
      break
    case S.BLOCKED:
      sound.play('block')
      particles.burst({ x, y, colors: POWER, count: 24, speed: 2.4, gravity: 0.02 })
      break
    case S.MISSED:
      if (event.value === S.TREAT || event.value === S.GOLD) sound.play('miss')
      particles.burst({ x, y: GROUND_Y, colors: DUST, count: 6, speed: 0.9, lift: 0.5, life: 18 })
      break
    case S.POWERED:
      sound.play('power')
      particles.burst({ x, y, colors: POWER, count: 22, speed: 1.8, gravity: 0 })
      mood.squash = 10
      break
    case S.HEALED:
      sound.play('heal')
      particles.burst({ x, y, colors: ['#ff6b5e', '#ff9dbf'], count: 16, speed: 1.4, gravity: -0.03 })
      break
    case S.COMBO_UP:
      sound.play('combo')
      particles.label(x, y - 22, `×${event.value}`, tierColor(event.value), INK, 2)
      break
    case S.COMBO_LOST:
      sound.play('lost')
      break
    case S.LEVEL_UP:
      sound.play('level')
      say(text('catcher.level', { level: event.value + 1 }))
      break
    case S.RAIN:
      sound.play('level')
      say(text('catcher.rain'))
      break
    case S.GUST:
      sound.play('gust')
      say(text('catcher.gust'))
      break
    default:
      break
  }
}
