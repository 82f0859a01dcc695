import type { MaskStep, Point } from '@sparkle/pixel/recipe'
import { useState, type PointerEvent } from 'react'
import { photoPoint } from './grip.tsx'
import { boxBetween, lassoStep, roundPoint, thinLine, type MarkMode, type MarkTool } from './mask-steps.ts'

/** How the marking tools are set. */
export interface MarkSettings {
  mode: MarkMode
  /** Of the brush, in shares of the photo's longest edge. */
  radius: number
  /** Of the wand, 0..100. */
  tolerance: number
  /** The wand takes only what hangs together. */
  contiguous: boolean
}

/** A line or box that is being drawn; `cursor` is where the pointer is, drawing or not. */
export interface Marking {
  line: readonly Point[] | null
  cursor: Point | null
  handlers: {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => void
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => void
    onPointerUp: () => void
    onPointerCancel: () => void
    onPointerLeave: () => void
  }
}

/** Turns what the pointer draws on the photo into one step of the cut-out. Holding Alt turns keeping into cutting away. */
export function useMarking(tool: MarkTool | null, settings: MarkSettings, onStep: (step: MaskStep) => void): Marking {
  const [line, setLine] = useState<Point[] | null>(null)
  const [cursor, setCursor] = useState<Point | null>(null)
  const [turned, setTurned] = useState(false)

  const finish = () => {
    setLine(null)
    const mode = turned ? oppositeOf(settings.mode) : settings.mode
    const step = tool && line && stepOf(tool, line, { ...settings, mode })
    if (step) onStep(step)
  }
  return {
    line,
    cursor,
    handlers: {
      onPointerDown: (event) => {
        if (!tool || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setTurned(event.altKey)
        setLine([pointOf(event)])
      },
      onPointerMove: (event) => {
        if (!tool) return
        const point = pointOf(event)
        setCursor(point)
        const isBox = tool === 'guess' || tool === 'wand'
        setLine((before) => before && (isBox ? [before[0] ?? point, point] : [...before, point]))
      },
      onPointerUp: finish,
      onPointerCancel: () => setLine(null),
      onPointerLeave: () => setCursor(null),
    },
  }
}

/** The step that a drawn line means to a tool, or null where it means nothing. */
export function stepOf(tool: MarkTool, line: readonly Point[], settings: MarkSettings): MaskStep | null {
  const { mode, radius, tolerance, contiguous } = settings
  const [first] = line
  const last = line.at(-1)
  if (!first || !last) return null
  switch (tool) {
    case 'brush':
      return { kind: 'brush', mode, radius, points: thinLine(line) }
    case 'lasso':
      return lassoStep(line, mode)
    case 'wand':
      return { kind: 'wand', mode, at: roundPoint(last), tolerance, contiguous }
    case 'guess': {
      const box = boxBetween(first, last)
      return box && { kind: 'guess', mode, box }
    }
  }
}

function oppositeOf(mode: MarkMode): MarkMode {
  return mode === 'erase' ? 'add' : 'erase'
}

function pointOf(event: PointerEvent<SVGSVGElement>): Point {
  const { x, y } = photoPoint(event)
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))]
}
