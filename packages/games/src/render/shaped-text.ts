/**
 * Writing whose letters join, stack or run from right to left: drawn one by one they would be wrong, so a line with any of
 * them is left to the browser as a whole. Everything else is drawn in the pixel face (`letters.ts`).
 */
const SHAPED =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Javanese}]/u
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
const LEFT_TO_RIGHT = /\p{L}/u

/** Font pixels of a line at scale 1, and where its base line lies. */
const FONT_SIZE = 10
const BASE_LINE = 10

const measures = new Map<string, number>()
let ruler: CanvasRenderingContext2D | null | undefined

export function isShaped(text: string): boolean {
  return SHAPED.test(text)
}

/** By the first letter that has a direction, as the Unicode bidirectional algorithm takes a paragraph's. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  for (const letter of text) {
    if (RIGHT_TO_LEFT.test(letter)) return 'rtl'
    if (LEFT_TO_RIGHT.test(letter)) return 'ltr'
  }
  return 'ltr'
}

/** Width at scale 1, rounded up. */
export function measureShaped(text: string): number {
  let width = measures.get(text)
  if (width === undefined) {
    ruler ??= document.createElement('canvas').getContext('2d')
    if (!ruler) return text.length * FONT_SIZE
    ruler.font = fontAt(1)
    width = Math.ceil(ruler.measureText(text).width)
    measures.set(text, width)
  }
  return width
}

export interface ShapedStyle {
  color: string
  scale: number
  outline?: string
  border: number
  shadow?: string
}

export function drawShaped(
  context: CanvasRenderingContext2D,
  text: string,
  left: number,
  top: number,
  { color, scale, outline, border, shadow }: ShapedStyle,
): void {
  const y = top + BASE_LINE * scale
  context.save()
  context.font = fontAt(scale)
  context.direction = directionOf(text)
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  const write = (lower: number, paint: string, width: number) => {
    context.fillStyle = paint
    context.strokeStyle = paint
    context.lineWidth = width * 2
    if (width > 0) context.strokeText(text, left, y + lower)
    context.fillText(text, left, y + lower)
  }
  if (shadow !== undefined) write(scale, shadow, border)
  if (outline !== undefined) write(0, outline, border)
  write(0, color, 0)
  context.restore()
}

function fontAt(scale: number): string {
  return `600 ${FONT_SIZE * scale}px system-ui, sans-serif`
}
