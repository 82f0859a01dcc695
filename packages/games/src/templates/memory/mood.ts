import { INK } from '../../art/palette.ts'
import type { ViewTools } from '../../browser/view.ts'
import type { Particles } from '../../render/particles.ts'
import { placeOf } from './layout.ts'
import * as S from './state.ts'
import type { GameEvent, MemoryState } from './state.ts'
import type { MemoryText } from './texts.ts'

export type MemorySound = 'turn' | 'deal' | 'swap' | 'move'
export type MemoryTools = ViewTools<MemoryText, MemorySound>

/** What lingers after an event; ages in ticks, counted by the view. */
export interface Mood {
  banner: string
  bannerAge: number
  hurtAge: number
  scoreAge: number
  /** Ticks for which the pet is still happy, or puzzled. */
  happy: number
  puzzled: number
  shake: number
  facing: number
}

export function calmMood(): Mood {
  return { banner: '', bannerAge: 999, hurtAge: 999, scoreAge: 999, happy: 0, puzzled: 0, shake: 0, facing: 1 }
}

const SPARKS = ['#fff8ea', '#ffd84f', '#8be36f', '#ff8fd0'] as const
const GOLDEN = ['#fff8ea', '#ffe66b', '#f0a92b'] as const

/** Turns one event of the simulation into sound, sparks, words and mood. */
export function showEvent(
  event: GameEvent,
  state: MemoryState,
  tools: MemoryTools,
  particles: Particles,
  mood: Mood,
): void {
  const { sound, text } = tools
  const say = (banner: string) => {
    mood.banner = banner
    mood.bannerAge = 0
  }
  const middleOf = (index: number) => {
    const { x, y, width, height } = placeOf(state, Math.max(0, index))
    return { x: x + Math.floor(width / 2), y: y + Math.floor(height / 2) }
  }
  const { x, y } = middleOf(event.place)
  switch (event.type) {
    case S.DEALT:
      sound.play('deal')
      break
    case S.MOVED:
      sound.play('move')
      break
    case S.TURNED:
      sound.play('turn')
      mood.facing = x < 90 ? -1 : 1
      break
    case S.MATCHED: {
      const isGold = state.cards[event.place]?.look === S.GOLDEN_LOOK
      sound.play(isGold ? 'gold' : 'catch', state.combo)
      for (const place of [state.first, state.second])
        particles.burst({ ...middleOf(place), colors: isGold ? GOLDEN : SPARKS, count: 14, speed: 1.8, lift: 0.4 })
      particles.label(x, y - 10, `+${event.value}`, '#ffd84f', INK, 2)
      mood.happy = 70
      mood.puzzled = 0
      mood.scoreAge = 0
      break
    }
    case S.COMBO_UP:
      sound.play('combo')
      particles.label(x, y + 12, `×${event.value}`, '#8be36f', INK, 2)
      break
    case S.MISSED:
      sound.play('miss')
      mood.puzzled = 40
      break
    case S.FORGOT:
      sound.play(state.rules.careless ? 'hurt' : 'miss')
      say(text('memory.seen'))
      mood.puzzled = 60
      if (!state.rules.careless) break
      mood.hurtAge = 0
      mood.shake = 14
      break
    case S.SWAPPED:
      sound.play('swap')
      say(text('memory.swap'))
      break
    case S.LOOKED:
      sound.play('power')
      say(text('memory.look'))
      break
    case S.HEALED:
      sound.play('heal')
      break
    case S.ROUND_DONE:
      sound.play('level')
      if (state.perfect) say(text('memory.perfect'))
      particles.label(90, 100, `+${event.value}`, '#8be36f', INK, 3)
      mood.happy = 140
      mood.scoreAge = 0
      break
    default:
      break
  }
}
