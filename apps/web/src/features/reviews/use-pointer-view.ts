import { useEffect, useEffectEvent } from 'react'
import { toPicture, type Box, type Point } from './zoom.ts'

interface PointerView {
  box: Box
  onZoom: (factor: number, at: Point) => void
  onMove: (by: Point) => void
  /** The pointer is over this part of the picture. */
  onPoint?: (at: Point) => void
  /** A press that did not drag, on this part of the picture. */
  onTap?: (at: Point) => void
}

/** A press that wanders further is a drag. */
const tapSlop = 6
/** Wheels count lines or pixels; this makes a notch of either about a sixth. */
const wheelPace = 0.0016
const lineHeight = 40

/** Drags, pinches, wheels and presses on an element that shows a picture. Buttons in it keep their own presses. */
export function usePointerView(element: HTMLElement | null, view: PointerView): void {
  const placeOf = (event: PointerEvent | WheelEvent): Point => {
    const box = element?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  const zoom = useEffectEvent((factor: number, at: Point) => view.onZoom(factor, at))
  const move = useEffectEvent((by: Point) => view.onMove(by))
  const point = useEffectEvent((at: Point) => {
    const found = toPicture(at, view.box)
    if (found) view.onPoint?.(found)
  })
  const tap = useEffectEvent((at: Point) => {
    const found = toPicture(at, view.box)
    if (found) view.onTap?.(found)
  })
  const place = useEffectEvent(placeOf)

  useEffect(() => {
    if (!element) return
    const down = new Map<number, Point>()
    let wandered = 0
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest('[data-pin]')) return
      element.setPointerCapture(event.pointerId)
      down.set(event.pointerId, place(event))
      // A second finger makes it a pinch, whatever comes of the first.
      wandered = down.size > 1 ? Infinity : 0
    }
    const onMove = (event: PointerEvent) => {
      const before = down.get(event.pointerId)
      const now = place(event)
      if (!before) {
        point(now)
        return
      }
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
      if (other) {
        const grown = distance(now, other) / Math.max(1, distance(before, other))
        zoom(grown, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 })
      } else {
        wandered += distance(before, now)
        if (wandered > tapSlop) move({ x: now.x - before.x, y: now.y - before.y })
      }
      down.set(event.pointerId, now)
    }
    const onUp = (event: PointerEvent) => {
      if (!down.delete(event.pointerId)) return
      if (event.type === 'pointerup' && wandered <= tapSlop) tap(place(event))
    }
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * lineHeight : event.deltaY
      zoom(Math.exp(-pixels * wheelPace * (event.ctrlKey ? 4 : 1)), place(event))
    }
    element.addEventListener('pointerdown', onDown)
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerup', onUp)
    element.addEventListener('pointercancel', onUp)
    // Not passive: the page must not scroll with it.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element.removeEventListener('pointerdown', onDown)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerup', onUp)
      element.removeEventListener('pointercancel', onUp)
      element.removeEventListener('wheel', onWheel)
    }
  }, [element])
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
