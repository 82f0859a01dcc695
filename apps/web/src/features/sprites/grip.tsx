import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'

interface GripProps<T> {
  /** What is being dragged, as it is now. */
  value: T
  /** `value` as it was when the drag began, moved by shares of the photo. */
  move: (start: T, dx: number, dy: number) => T
  onChange: (next: T, gesture: string) => void
  onSettle: () => void
  label: string
  /** Where it is, as shares of the photo; read out. */
  at: readonly [number, number]
  cursor: string
  children: ReactNode
}

const keyStep = 0.01
const bigKeyStep = 0.05
const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Something in the photo that is dragged by mouse or finger, or moved by the arrow keys (with shift in bigger steps). */
export function Grip<T>({ value, move, onChange, onSettle, label, at, cursor, children }: GripProps<T>) {
  const t = useTranslations('sprites.tools')
  const drag = useRef<{ start: T; from: DOMPoint } | null>(null)

  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { start: value, from: photoPoint(event) }
  }
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    if (!drag.current) return
    const { start, from } = drag.current
    const to = photoPoint(event)
    onChange(move(start, to.x - from.x, to.y - from.y), `drag ${label}`)
  }
  const onPointerEnd = () => {
    drag.current = null
    onSettle()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const arrow = arrows[event.key]
    if (!arrow) return
    event.preventDefault()
    const step = event.shiftKey ? bigKeyStep : keyStep
    onChange(move(value, arrow[0] * step, arrow[1] * step), `keys ${label}`)
  }
  return (
    <g
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at[0] * 100)}
      aria-valuetext={t('place', { x: at[0], y: at[1] })}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.key in arrows && onSettle()}
      style={{ cursor }}
      className="group outline-none"
    >
      {children}
    </g>
  )
}

/** Where the pointer is on the photo, in shares of it (may lie outside 0 to 1). */
export function photoPoint(event: PointerEvent<SVGElement>): DOMPoint {
  const svg = event.currentTarget.ownerSVGElement ?? (event.currentTarget as SVGSVGElement)
  const { width, height } = svg.viewBox.baseVal
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()?.inverse())
  return new DOMPoint(point.x / width, point.y / height)
}
