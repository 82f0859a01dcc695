import { glyphs, marks } from './glyphs.ts'

const ASCENT = 7
/** Rows of a text line: accents above, seven for capitals, two below. */
export const LINE_HEIGHT = 12
const TOP = 3

interface Glyph {
  width: number
  /** Set pixels, as column and row within the line. */
  pixels: readonly (readonly [number, number])[]
}

const cache = new Map<string, Glyph>()

/** Width in pixels of `text` at scale 1. */
export function measureText(text: string): number {
  let width = 0
  for (const letter of letters(text)) width += glyphOf(letter).width + 1
  return Math.max(0, width - 1)
}

export interface TextStyle {
  color: string
  /** Whole number of pixels per font pixel. */
  scale?: number
  /** A border all around; keeps text readable over any scenery. */
  outline?: string
  /** Art pixels; one font pixel if left out. */
  outlineWidth?: number
  /** A second colour, one font pixel lower. */
  shadow?: string
  align?: 'left' | 'center' | 'right'
}

/** Draws one line with its top at `y` (accents included); returns the width drawn. */
export function drawText(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
): number {
  const scale = style.scale ?? 1
  const width = measureText(text) * scale
  const left = Math.round(style.align === 'center' ? x - width / 2 : style.align === 'right' ? x - width : x)
  const border = style.outline ? (style.outlineWidth ?? scale) : 0
  if (style.shadow) paint(context, text, left, y + scale, scale, style.shadow, border)
  if (style.outline) paint(context, text, left, y, scale, style.outline, border)
  paint(context, text, left, y, scale, style.color, 0)
  return width
}

/** Breaks at spaces so that no line is wider than `maxWidth`; a single longer word stays whole. */
export function wrapText(text: string, maxWidth: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && measureText(longer) > maxWidth) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** Shortens with an ellipsis until the text fits. */
export function fitText(text: string, maxWidth: number): string {
  if (measureText(text) <= maxWidth) return text
  const all = letters(text)
  while (all.length > 1 && measureText(`${all.join('')}…`) > maxWidth) all.pop()
  return `${all.join('').trimEnd()}…`
}

function paint(
  context: CanvasRenderingContext2D,
  text: string,
  left: number,
  top: number,
  scale: number,
  color: string,
  grow: number,
): void {
  context.fillStyle = color
  let x = left
  const size = scale + 2 * grow
  for (const letter of letters(text)) {
    const glyph = glyphOf(letter)
    for (const [column, row] of glyph.pixels) {
      context.fillRect(x + column * scale - grow, top + row * scale - grow, size, size)
    }
    x += (glyph.width + 1) * scale
  }
}

/** Characters as a reader sees them: a letter together with its combining marks. */
function letters(text: string): string[] {
  const result: string[] = []
  for (const character of text.normalize('NFC')) {
    const previous = result.at(-1)
    if (previous !== undefined && /^[\p{M}\u200d\ufe0f]$/u.test(character))
      result[result.length - 1] = previous + character
    else result.push(character)
  }
  return result
}

function glyphOf(letter: string): Glyph {
  let glyph = cache.get(letter)
  if (!glyph) {
    glyph = drawn(letter) ?? composed(letter) ?? rasterised(letter)
    cache.set(letter, glyph)
  }
  return glyph
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

/** Any other script: the system's own letter, drawn small and cut at half opacity, so that every name can be shown. */
function rasterised(letter: string): Glyph {
  const size = LINE_HEIGHT
  const canvas = document.createElement('canvas')
  canvas.width = size * 2
  canvas.height = size
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return { width: 3, pixels: [] }
  context.font = `${size - 2}px sans-serif`
  context.textBaseline = 'alphabetic'
  const width = Math.max(1, Math.min(size * 2, Math.round(context.measureText(letter).width)))
  context.fillText(letter, 0, TOP + ASCENT)
  const { data } = context.getImageData(0, 0, canvas.width, size)
  const pixels: [number, number][] = []
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if ((data[(row * canvas.width + column) * 4 + 3] ?? 0) > 110) pixels.push([column, row])
    }
  }
  return { width, pixels }
}
