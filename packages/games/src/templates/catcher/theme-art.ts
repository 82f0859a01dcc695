import { drawItem, hazardPictures, treatPictures } from '../../art/items.ts'
import { goldPalette } from '../../art/palette.ts'
import { bonusArt, treatArt } from '../../art/treats.ts'
import type { Theme } from '../../themes.ts'
import * as S from './state.ts'

export interface ItemArt {
  of(kind: number, look: number): HTMLCanvasElement
}

/** All item pictures of a theme, drawn once. */
export function createItemArt(theme: Theme): ItemArt {
  const treats = treatPictures(theme)
  const hazards = hazardPictures(theme)
  const heart = drawItem(bonusArt.heart)
  const single = new Map<number, HTMLCanvasElement>([
    [S.GOLD, drawItem(treatArt.bone, goldPalette)],
    [S.HEART, heart],
    [S.MAGNET, drawItem(bonusArt.magnet)],
    [S.SHIELD, drawItem(bonusArt.shield)],
    [S.SLOW, drawItem(bonusArt.slow)],
  ])
  return {
    of(kind, look) {
      const list = kind === S.TREAT ? treats : kind === S.HAZARD ? hazards : undefined
      return (list ? list[look % list.length] : single.get(kind)) ?? heart
    },
  }
}
