import { useCallback, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { pixelLine } from './pixel-edits.ts'

interface Box {
  x: number
  y: number
  w: number
  h: number
}

type Pixel = readonly [number, number]

interface PixelGridProps {
  sheet: HTMLCanvasElement
  /** The part of the sheet that is shown. */
  frame: Box
  /** The frames before and after it, shown through. */
  ghosts: readonly Box[]
  /** What the pen leaves: '#rrggbb', or null for nothing. */
  ink: string | null
  /** Absent: a press picks the colour instead, as it does with Alt. */
  onPaint: ((pixels: readonly Pixel[], ink: string | null) => void) | undefined
  onPick: (color: string) => void
  /** The next colour of the palette, or the one before. */
  onStepColor: (by: 1 | -1) => void
  onSettle: () => void
}

const ghostColors = ['#e4572e', '#2e86e4'] as const
const arrows: Record<string, Pixel> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** One frame, as large as there is room, painted on by mouse, finger or keys. */
export function PixelGrid({ sheet, frame, ghosts, ink, onPaint, onPick, onStepColor, onSettle }: PixelGridProps) {
  const t = useTranslations('sprites.pixels')
  const [cursor, setCursor] = useState<Pixel | null>(null)
  const last = useRef<Pixel | null>(null)
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (canvas) drawFrame(canvas, sheet, frame, ghosts)
    },
    [sheet, frame, ghosts],
  )
  const pick = (pixel: Pixel) => {
    const color = colorAt(sheet, frame, pixel)
    if (color) onPick(color)
  }
  const clamp = ([x, y]: Pixel): Pixel => [Math.min(frame.w - 1, Math.max(0, x)), Math.min(frame.h - 1, Math.max(0, y))]
  const at = clamp(cursor ?? [frame.w >> 1, frame.h >> 1])
  const pixelOf = (event: PointerEvent<HTMLElement>): Pixel => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (from: number, length: number, count: number) => Math.floor((from / length) * count)
    return clamp([
      share(event.clientX - box.left, box.width, frame.w),
      share(event.clientY - box.top, box.height, frame.h),
    ])
  }
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    const pixel = pixelOf(event)
    setCursor(null)
    if (!onPaint || event.altKey) {
      pick(pixel)
      return
    }
    event.currentTarget.setPointerCapture(event.pointerId)
    last.current = pixel
    onPaint([pixel], ink)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!last.current || !onPaint) return
    const pixel = pixelOf(event)
    if (pixel[0] === last.current[0] && pixel[1] === last.current[1]) return
    onPaint(pixelLine(last.current, pixel), ink)
    last.current = pixel
  }
  const onPointerEnd = () => {
    if (last.current) onSettle()
    last.current = null
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key]
    if (arrow) setCursor(cursor ? clamp([at[0] + arrow[0], at[1] + arrow[1]]) : at)
    else if (event.key === ' ' || event.key === 'Enter') {
      if (onPaint) onPaint([at], ink)
      else pick(at)
      onSettle()
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      onPaint?.([at], null)
      onSettle()
    } else if (event.key === '[' || event.key === ']') onStepColor(event.key === ']' ? 1 : -1)
    else return
    event.preventDefault()
  }
  return (
    <div className="checkered grid place-items-center [--grid:40dvh] md:[--grid:max(200px,calc(100dvh-600px))] overflow-hidden rounded-box border border-line p-2">
      <div
        role="slider"
        tabIndex={0}
        aria-label={t('grid')}
        aria-describedby="pixel-grid-hint"
        aria-valuemin={0}
        aria-valuemax={frame.w * frame.h - 1}
        aria-valuenow={at[1] * frame.w + at[0]}
        aria-valuetext={t('cursor', { x: at[0] + 1, y: at[1] + 1, color: colorAt(sheet, frame, at) ?? t('nothing') })}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerEnd}
        onPointerCancel={onPointerEnd}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
        className="relative max-h-(--grid) w-full touch-none cursor-crosshair select-none"
        style={{ aspectRatio: `${frame.w} / ${frame.h}`, maxWidth: `calc(var(--grid) * ${frame.w / frame.h})` }}
      >
        <canvas ref={draw} aria-hidden="true" className="pixelated size-full" />
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-0"
          style={{
            backgroundImage:
              'linear-gradient(to right, rgb(128 128 128 / 0.28) 1px, transparent 1px), linear-gradient(to bottom, rgb(128 128 128 / 0.28) 1px, transparent 1px)',
            backgroundSize: `${100 / frame.w}% ${100 / frame.h}%`,
          }}
        />
        {cursor && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute border-2 border-accent ring-1 ring-canvas"
            style={{
              left: `${(at[0] / frame.w) * 100}%`,
              top: `${(at[1] / frame.h) * 100}%`,
              width: `${100 / frame.w}%`,
              height: `${100 / frame.h}%`,
            }}
          />
        )}
        <p id="pixel-grid-hint" className="sr-only">
          {t('gridHint')}
        </p>
      </div>
    </div>
  )
}

function drawFrame(canvas: HTMLCanvasElement, sheet: HTMLCanvasElement, { x, y, w, h }: Box, ghosts: readonly Box[]) {
  canvas.width = w
  canvas.height = h
  const context = canvas.getContext('2d')
  if (!context) return
  for (const [index, ghost] of ghosts.entries()) {
    context.globalAlpha = 0.4
    context.drawImage(tinted(sheet, ghost, ghostColors[index] ?? ghostColors[0]), 0, 0)
  }
  context.globalAlpha = ghosts.length > 0 ? 0.85 : 1
  context.drawImage(sheet, x, y, w, h, 0, 0, w, h)
}

function tinted(sheet: HTMLCanvasElement, { x, y, w, h }: Box, color: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = w
  canvas.height = h
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.drawImage(sheet, x, y, w, h, 0, 0, w, h)
  context.globalCompositeOperation = 'source-atop'
  context.fillStyle = color
  context.fillRect(0, 0, w, h)
  return canvas
}

/** '#rrggbb', or null where the frame is transparent. */
function colorAt(sheet: HTMLCanvasElement, frame: Box, [x, y]: Pixel): string | null {
  const data = sheet.getContext('2d')?.getImageData(frame.x + x, frame.y + y, 1, 1).data
  if (!data || data[3] === 0) return null
  return `#${Array.from(data.slice(0, 3), (value) => value.toString(16).padStart(2, '0')).join('')}`
}
