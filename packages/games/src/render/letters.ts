import { ASCENT, shapeOf, TOP, type Glyph } from './glyph-shapes.ts'

/** Rows of a text line: accents above, seven for capitals, two below. */
export const LINE_HEIGHT = 12

const cache = new Map<string, Glyph>()

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : undefined

/** Characters as a reader sees them: a letter with its combining marks, an emoji made of several. */
export function letters(text: string): string[] {
  const whole = text.normalize('NFC')
  // Browsers of before 2024 may lack the segmenter: there an emoji made of several falls apart, letters stay whole.
  if (segmenter) return Array.from(segmenter.segment(whole), ({ segment }) => segment)
  const result: string[] = []
  for (const character of whole) {
    const previous = result.at(-1)
    if (previous !== undefined && /^[\p{M}\u200d\ufe0f]$/u.test(character))
      result[result.length - 1] = previous + character
    else result.push(character)
  }
  return result
}

export function glyphOf(letter: string): Glyph {
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
