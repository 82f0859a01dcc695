import { ASCENT, shapeOf, TOP, type Glyph } from './glyph-shapes.ts'

/** Rows of a text line: accents above, seven for capitals, two below. */
export const LINE_HEIGHT = 12

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
    glyph = shapeOf(letter) ?? rasterised(letter)
    cache.set(letter, glyph)
  }
  return glyph
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
