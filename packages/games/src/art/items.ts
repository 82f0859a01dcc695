import { outlined, paintArt } from '../render/art.ts'
import type { Theme } from '../themes.ts'
import { hazardArt } from './hazards.ts'
import { INK, itemPalette } from './palette.ts'
import { treatArt } from './treats.ts'

/** What pets love in each world, by name of its picture. */
export const themeTreats: Record<Theme, readonly (keyof typeof treatArt)[]> = {
  garden: ['bone', 'fish', 'carrot'],
  seaside: ['fish', 'shrimp', 'lolly'],
  snow: ['bone', 'gingerbread', 'cane'],
  space: ['bone', 'donut', 'cheese'],
}

/** What they had better leave alone. */
export const themeHazards: Record<Theme, readonly (keyof typeof hazardArt)[]> = {
  garden: ['bee', 'cactus'],
  seaside: ['crab', 'jelly'],
  snow: ['icicle', 'snowball'],
  space: ['meteor', 'slime'],
}

/** An item's picture with its ink border, which lifts it off any scenery. */
export function drawItem(rows: readonly string[], palette: Readonly<Record<string, string>> = itemPalette) {
  return outlined(paintArt(rows, palette), INK)
}

export function treatPictures(theme: Theme): HTMLCanvasElement[] {
  return themeTreats[theme].map((name) => drawItem(treatArt[name]))
}

export function hazardPictures(theme: Theme): HTMLCanvasElement[] {
  return themeHazards[theme].map((name) => drawItem(hazardArt[name]))
}

/** A small heart for a row of lives, whole and lost. */
export function heartPictures(): { full: HTMLCanvasElement; lost: HTMLCanvasElement } {
  return {
    full: drawItem(HEART, { ...itemPalette, r: '#ee4b45' }),
    lost: drawItem(HEART, { r: '#5d4a6e', w: '#5d4a6e', R: '#5d4a6e' }),
  }
}

const HEART = ['.rr...rr.', 'rwwr.rrrr', 'rwrrrrrrr', 'rrrrrrrRr', '.rrrrrRr.', '..rrrRr..', '...rRr...', '....r....']
