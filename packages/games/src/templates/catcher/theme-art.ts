import { outlined, paintArt } from '../../render/art.ts'
import type { CatcherTheme } from './config.ts'
import { hazardArt } from './hazard-art.ts'
import { goldPalette, INK, itemPalette } from './palette.ts'
import * as S from './state.ts'
import { bonusArt, treatArt } from './treat-art.ts'

const TREATS: Record<CatcherTheme, readonly (keyof typeof treatArt)[]> = {
  garden: ['bone', 'fish', 'carrot'],
  seaside: ['fish', 'shrimp', 'lolly'],
  snow: ['bone', 'gingerbread', 'cane'],
  space: ['bone', 'donut', 'cheese'],
}

const HAZARDS: Record<CatcherTheme, readonly (keyof typeof hazardArt)[]> = {
  garden: ['bee', 'cactus'],
  seaside: ['crab', 'jelly'],
  snow: ['icicle', 'snowball'],
  space: ['meteor', 'slime'],
}

export interface ItemArt {
  of(kind: number, look: number): HTMLCanvasElement
  heart: HTMLCanvasElement
  emptyHeart: HTMLCanvasElement
}

/** All item pictures of a theme, drawn once. */
export function createItemArt(theme: CatcherTheme): ItemArt {
  const draw = (rows: readonly string[], palette = itemPalette) => outlined(paintArt(rows, palette), INK)
  const treats = TREATS[theme].map((name) => draw(treatArt[name]))
  const hazards = HAZARDS[theme].map((name) => draw(hazardArt[name]))
  const heart = draw(bonusArt.heart)
  const single = new Map<number, HTMLCanvasElement>([
    [S.GOLD, draw(treatArt.bone, goldPalette)],
    [S.HEART, heart],
    [S.MAGNET, draw(bonusArt.magnet)],
    [S.SHIELD, draw(bonusArt.shield)],
    [S.SLOW, draw(bonusArt.slow)],
  ])
  const small = { ...itemPalette, r: '#ee4b45' }
  return {
    of(kind, look) {
      const list = kind === S.TREAT ? treats : kind === S.HAZARD ? hazards : undefined
      return (list ? list[look % list.length] : single.get(kind)) ?? heart
    },
    heart: draw(HUD_HEART, small),
    emptyHeart: draw(HUD_HEART, { r: '#5d4a6e', w: '#5d4a6e', R: '#5d4a6e' }),
  }
}

const HUD_HEART = [
  '.rr...rr.',
  'rwwr.rrrr',
  'rwrrrrrrr',
  'rrrrrrrRr',
  '.rrrrrRr.',
  '..rrrRr..',
  '...rRr...',
  '....r....',
]
