import { toPixel } from '../../engine/fixed.ts'
import { INK } from '../../art/palette.ts'
import type { ViewTools } from '../../browser/view.ts'
import { tierColor } from '../../render/hud.ts'
import type { Particles } from '../../render/particles.ts'
import { comboTier } from './meet.ts'
import { GROUND_Y, PET_X } from './rules.ts'
import * as S from './state.ts'
import type { GameEvent, RunnerState } from './state.ts'
import type { RunnerText } from './texts.ts'

export type RunnerSound = 'jump' | 'second' | 'land' | 'fall'
export type RunnerTools = ViewTools<RunnerText, RunnerSound>

/** What lingers after an event; counted in ticks by the view. */
export interface Mood {
  shake: number
  flash: number
  /** Above 0 the pet is squashed by a landing, below 0 stretched by a take-off. */
  squash: number
  bannerAge: number
  banner: string
  hurtAge: number
  scoreAge: number
  airAge: number
}

export function calmMood(): Mood {
  return { shake: 0, flash: 0, squash: 0, bannerAge: 999, banner: '', hurtAge: 999, scoreAge: 999, airAge: 0 }
}

const CRUMBS = ['#fff8ea', '#f4d9a6', '#ffd84f'] as const
const GOLDEN = ['#fff8ea', '#ffe66b', '#f0a92b'] as const
const PAIN = ['#ff6b5e', '#fff8ea', '#a92645'] as const
const DUST = ['#ffffff', '#e7dccb'] as const
const POWER = ['#a5f2fa', '#ad80ee', '#ffffff'] as const

/** Turns one event of the simulation into sound, sparks, numbers and mood. Particles live in field pixels. */
export function showEvent(
  event: GameEvent,
  state: RunnerState,
  tools: RunnerTools,
  particles: Particles,
  mood: Mood,
): void {
  const { sound, text } = tools
  const x = PET_X + toPixel(event.x - state.x)
  const y = GROUND_Y - toPixel(event.y)
  const say = (banner: string) => {
    mood.banner = banner
    mood.bannerAge = 0
  }
  const puff = (count: number, speed: number, at = GROUND_Y) =>
    particles.burst({ x: PET_X - 6, y: at, colors: DUST, count, speed, lift: 0.4, life: 18 })
  switch (event.type) {
    case S.JUMPED:
      sound.play('jump')
      puff(6, 0.9)
      mood.squash = -10
      mood.airAge = 0
      break
    case S.JUMPED_AGAIN:
      sound.play('second')
      particles.burst({ x: PET_X, y, colors: POWER, count: 12, speed: 1.3, gravity: 0.02, life: 20 })
      mood.squash = -10
      mood.airAge = 0
      break
    case S.LANDED:
      sound.play('land')
      puff(8, 1.1)
      mood.squash = 10
      break
    case S.TOOK: {
      const isGold = event.value >= 60 * comboTier(state)
      sound.play(isGold ? 'gold' : 'catch', state.combo % 11)
      const colors = isGold ? GOLDEN : CRUMBS
      particles.burst({ x, y, colors, count: isGold ? 24 : 7, speed: isGold ? 2.1 : 1.2, lift: 0.5, life: 22 })
      if (isGold) particles.label(x, y - 10, `+${event.value}`, tierColor(comboTier(state)), INK, 2)
      mood.scoreAge = 0
      break
    }
    case S.HURT:
    case S.FELL:
      sound.play(event.type === S.FELL ? 'fall' : 'hurt')
      particles.burst({ x: PET_X + 8, y: Math.min(y, GROUND_Y - 8), colors: PAIN, count: 22, speed: 2.1 })
      mood.shake = 18
      mood.flash = 8
      mood.hurtAge = 0
      break
    case S.BLOCKED:
      sound.play('block')
      particles.burst({ x: PET_X + 8, y: GROUND_Y - 20, colors: POWER, count: 26, speed: 2.4, gravity: 0.02 })
      break
    case S.POWERED:
      sound.play('power')
      particles.burst({ x, y, colors: POWER, count: 22, speed: 1.8, gravity: 0 })
      break
    case S.HEALED:
      sound.play('heal')
      particles.burst({ x, y, colors: ['#ff6b5e', '#ff9dbf'], count: 16, speed: 1.4, gravity: -0.03 })
      break
    case S.CLOSE:
      sound.play('combo')
      particles.label(PET_X, y - 26, `${text('runner.close')} +${event.value}`, '#a5f2fa', INK)
      mood.scoreAge = 0
      break
    case S.COMBO_UP:
      sound.play('combo')
      particles.label(PET_X, GROUND_Y - 66, `×${event.value}`, tierColor(event.value), INK, 2)
      break
    case S.COMBO_LOST:
      sound.play('lost')
      break
    case S.LEVEL_UP:
      sound.play('level')
      say(text('runner.level', { level: event.value + 1 }))
      break
    case S.HOME:
      sound.play('heal')
      break
    default:
      break
  }
}
