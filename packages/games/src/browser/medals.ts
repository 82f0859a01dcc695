import { drawItem } from '../art/items.ts'
import { paintArt } from '../render/art.ts'

const MEDAL = [
  '.rr....bb.',
  '.rrr..bbb.',
  '..rrrbbb..',
  '...mmmm...',
  '..mwwmmm..',
  '.mwmmmmMm.',
  '.mwmMMmMm.',
  '.mmmMMmMm.',
  '.mmmmmmMm.',
  '..mmMMMm..',
  '...mmmm...',
] as const
const METALS = [
  { m: '#d08a4c', M: '#96562a', w: '#f3c594' },
  { m: '#cfd6e2', M: '#8a94aa', w: '#ffffff' },
  { m: '#ffd040', M: '#d9941c', w: '#fff3b0' },
] as const

/** @param index 0 bronze, 1 silver, 2 gold; one that is still to be earned is a pale shape */
export function medalPicture(index: number, isEarned: boolean): HTMLCanvasElement {
  const pale = { r: '#b9b0c4', b: '#b9b0c4', m: '#cfc8d6', M: '#b9b0c4', w: '#dcd7e2' }
  return isEarned ? drawItem(MEDAL, { r: '#d9482f', b: '#4f8ff0', ...METALS[index] }) : paintPadded(pale)
}

/** As large as an earned one, whose ink border adds a pixel on every side. */
function paintPadded(palette: Readonly<Record<string, string>>): HTMLCanvasElement {
  return paintArt(['', ...MEDAL.map((row) => `.${row}.`), ''], palette)
}

export function starPicture(): HTMLCanvasElement {
  return paintArt(
    ['....y....', '....y....', '...yyy...', 'yyyyyyyyy', '.yyyYyyy.', '..yyyyy..', '..yy.yy..', '.yy...yy.'],
    { y: '#ffc93c', Y: '#e39f1f' },
  )
}
