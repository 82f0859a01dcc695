import { glyphs, marks } from './glyphs.ts'

/** Rows of a capital. */
export const ASCENT = 7
/** Rows above it, for accents. */
export const TOP = 3

/** A letter's pixels. */
export interface Glyph {
  width: number
  /** Set pixels, as column and row within the line. */
  pixels: readonly (readonly [number, number])[]
}

/** A letter of the games' own face, with its accents; undefined for one that was never drawn. */
export function shapeOf(letter: string): Glyph | undefined {
  return drawn(letter) ?? composed(letter)
}

function drawn(letter: string): Glyph | undefined {
  const rows = glyphs[letter]
  return rows === undefined ? undefined : fromRows(rows.split('/'), TOP)
}

/** A base letter with its accents, found by Unicode decomposition. */
function composed(letter: string): Glyph | undefined {
  const [base = '', ...accents] = letter.normalize('NFD')
  const rows = glyphs[base === 'i' ? 'ı' : base]?.split('/')
  if (!rows || accents.length === 0) return undefined
  const body = fromRows(rows, TOP)
  const pixels = [...body.pixels]
  const isTall = base !== 'i' && base !== 'j' && rows[0]?.includes('#') === true
  for (const accent of accents) {
    const mark = marks[accent]?.split('/')
    if (!mark) return undefined
    const hangs = accent === '\u0327' || accent === '\u0328'
    const top = hangs ? TOP + ASCENT : (isTall ? TOP - 1 : TOP + 1) - mark.length
    const shift = Math.floor((body.width - (mark[0]?.length ?? 0)) / 2)
    for (const [column, row] of fromRows(mark, top).pixels) pixels.push([column + shift, row])
  }
  return { width: body.width, pixels }
}

function fromRows(rows: readonly string[], top: number): Glyph {
  const pixels: [number, number][] = []
  rows.forEach((cells, row) => {
    for (let column = 0; column < cells.length; column += 1) if (cells[column] === '#') pixels.push([column, row + top])
  })
  return { width: rows[0]?.length ?? 0, pixels }
}
