import { contextOf } from '../render/art.ts'
import { isShaped } from '../render/shaped-text.ts'
import { drawText, LINE_HEIGHT, measureText, type TextStyle } from '../render/text.ts'

const SHAPED_SHARPNESS = 4

/** Makes a canvas as large on the page as its pixels are in the game. */
export function artElement(canvas: HTMLCanvasElement): HTMLCanvasElement {
  return sized(canvas, canvas.width, canvas.height)
}

function sized(canvas: HTMLCanvasElement, width: number, height: number): HTMLCanvasElement {
  canvas.style.width = `calc(var(--u) * ${width})`
  canvas.style.height = `calc(var(--u) * ${height})`
  canvas.setAttribute('aria-hidden', 'true')
  return canvas
}

/** A line in the pixel face. It is a picture: whoever uses it also gives the words to assistive technology. */
export function pixelLine(text: string, style: TextStyle): HTMLCanvasElement {
  const scale = style.scale ?? 1
  const border = style.outline ? 2 * (style.outlineWidth ?? scale) : 0
  const canvas = document.createElement('canvas')
  const width = Math.max(1, measureText(text) * scale + border)
  const height = LINE_HEIGHT * scale + border + (style.shadow ? scale : 0)
  // Writing that the browser shapes has no pixels of ours: it gets as many as it needs to be read.
  const sharpness = isShaped(text) ? SHAPED_SHARPNESS : 1
  canvas.width = width * sharpness
  canvas.height = height * sharpness
  const context = contextOf(canvas)
  context.scale(sharpness, sharpness)
  drawText(context, text, border / 2, border / 2, style)
  return sized(canvas, width, height)
}

export function box(className: string, ...children: Node[]): HTMLDivElement {
  const element = document.createElement('div')
  element.className = className
  element.append(...children)
  return element
}

/** Words for assistive technology only. */
export function spoken(tag: 'h1' | 'p', text: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = 'spoken'
  element.textContent = text
  return element
}

export function button(label: string, content: Node, className: string, onPress: () => void): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = className
  element.setAttribute('aria-label', label)
  element.append(content)
  element.addEventListener('click', onPress)
  return element
}
