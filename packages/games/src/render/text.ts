import { glyphOf, letters, LINE_HEIGHT } from './letters.ts'
import { drawShaped, isShaped, measureShaped } from './shaped-text.ts'

export { LINE_HEIGHT }

/** Width in pixels of `text` at scale 1. */
export function measureText(text: string): number {
  if (isShaped(text)) return measureShaped(text)
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
  if (isShaped(text)) {
    drawShaped(context, text, left, y, { ...style, scale, border })
    return width
  }
  if (style.shadow) paint(context, text, left, y + scale, scale, style.shadow, border)
  if (style.outline) paint(context, text, left, y, scale, style.outline, border)
  paint(context, text, left, y, scale, style.color, 0)
  return width
}

/** Breaks at spaces so that no line is wider than `maxWidth`; a single longer word is broken between its letters. */
export function wrapText(text: string, maxWidth: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((whole) => breakWord(whole, maxWidth))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && measureText(longer) > maxWidth) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function breakWord(word: string, maxWidth: number): string[] {
  if (measureText(word) <= maxWidth) return [word]
  const parts: string[] = []
  let part = ''
  for (const letter of letters(word)) {
    if (part !== '' && measureText(part + letter) > maxWidth) {
      parts.push(part)
      part = letter
    } else part += letter
  }
  return [...parts, part]
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
