import type { Area, Mask, Point } from '@sparkle/pixel/recipe'
import { useTranslations } from 'use-intl'
import { Grip } from './grip.tsx'
import { boxOf, edges, ellipseIn, moveArea, moveMask, placeOf, resizeArea, type Edge } from './shapes.ts'

export interface PhotoSize {
  width: number
  height: number
}

/** A line over a photo: as wide on the screen whatever the photo's size. */
export const stroke = { strokeWidth: 2, vectorEffect: 'non-scaling-stroke' } as const

interface ShapeProps<T> {
  photo: PhotoSize
  /** Photo pixels in one screen pixel, so that handles keep their size on the screen. */
  unit: number
  onChange: (next: T, gesture: string) => void
  onSettle: () => void
}

/** The crop with its handles, divided into thirds: a pet stands well on one of the lines. */
export function CropShape({ area, photo, unit, onChange, onSettle }: ShapeProps<Area> & { area: Area }) {
  const t = useTranslations('sprites.tools')
  return (
    <>
      <path
        d={thirdsPath(area, photo)}
        pointerEvents="none"
        fill="none"
        stroke="rgb(255 255 255 / 0.5)"
        strokeWidth={1}
        vectorEffect="non-scaling-stroke"
      />
      <Grip
        value={area}
        move={moveArea}
        onChange={onChange}
        onSettle={onSettle}
        label={t('moveCrop')}
        at={[area.x, area.y]}
        cursor="move"
      >
        <path
          d={boxPath(area, photo)}
          {...stroke}
          className="fill-transparent stroke-accent group-focus-visible:stroke-[4px]"
        />
      </Grip>
      <Handles
        area={area}
        of={t('canvas')}
        names={edges}
        photo={photo}
        unit={unit}
        onChange={onChange}
        onSettle={onSettle}
      />
    </>
  )
}

const corners = ['nw', 'ne', 'se', 'sw'] as const

export function MaskShape({ mask, photo, unit, onChange, onSettle }: ShapeProps<Mask> & { mask: Mask }) {
  const t = useTranslations('sprites.tools')
  const box = boxOf(mask)
  return (
    <>
      <Grip
        value={mask}
        move={moveMask}
        onChange={onChange}
        onSettle={onSettle}
        label={t('moveMask')}
        at={[box.x, box.y]}
        cursor="move"
      >
        <path
          d={maskPath(mask, photo)}
          {...stroke}
          className="fill-transparent stroke-accent group-focus-visible:stroke-[4px]"
        />
      </Grip>
      {mask.shape === 'ellipse' && (
        <>
          <path
            d={boxPath(box, photo)}
            pointerEvents="none"
            {...stroke}
            strokeDasharray="2 4"
            className="fill-none stroke-accent"
          />
          <Handles
            area={box}
            of={t('ellipse')}
            names={corners}
            photo={photo}
            unit={unit}
            onChange={(next, gesture) => onChange(ellipseIn(next), gesture)}
            onSettle={onSettle}
          />
        </>
      )}
    </>
  )
}

interface HandlesProps extends ShapeProps<Area> {
  area: Area
  names: readonly Edge[]
  /** Whose handles these are: part of their gesture's name. */
  of: string
}

const cursors: Record<Edge, string> = {
  nw: 'nwse-resize',
  n: 'ns-resize',
  ne: 'nesw-resize',
  e: 'ew-resize',
  se: 'nwse-resize',
  s: 'ns-resize',
  sw: 'nesw-resize',
  w: 'ew-resize',
}

function Handles({ area, names, of, photo, unit, onChange, onSettle }: HandlesProps) {
  const t = useTranslations('sprites.tools')
  return names.map((edge) => {
    const [x, y] = placeOf(area, edge)
    const [cx, cy] = [x * photo.width, y * photo.height]
    return (
      <Grip
        key={edge}
        value={area}
        move={(start, dx, dy) => resizeArea(start, edge, dx, dy)}
        onChange={(next, gesture) => onChange(next, `${of} ${gesture}`)}
        onSettle={onSettle}
        label={t('handle', { edge })}
        at={[x, y]}
        cursor={cursors[edge]}
      >
        <circle cx={cx} cy={cy} r={16 * unit} className="fill-transparent" />
        <circle
          cx={cx}
          cy={cy}
          r={6 * unit}
          {...stroke}
          className="fill-accent-ink stroke-accent group-focus-visible:fill-accent group-focus-visible:stroke-ring"
        />
      </Grip>
    )
  })
}

function thirdsPath({ x, y, width, height }: Area, photo: PhotoSize): string {
  return [1 / 3, 2 / 3]
    .map(
      (share) =>
        `M${(x + width * share) * photo.width} ${y * photo.height}v${height * photo.height}` +
        `M${x * photo.width} ${(y + height * share) * photo.height}h${width * photo.width}`,
    )
    .join('')
}

export function boxPath({ x, y, width, height }: Area, photo: PhotoSize): string {
  return `M${x * photo.width} ${y * photo.height}h${width * photo.width}v${height * photo.height}h${-width * photo.width}Z`
}

function maskPath(mask: Mask, photo: PhotoSize): string {
  if (mask.shape === 'polygon') return pathOf(mask.points, photo)
  const { x, y, width, height } = boxOf(mask)
  const [rx, ry] = [(width * photo.width) / 2, (height * photo.height) / 2]
  const left = x * photo.width
  return `M${left} ${y * photo.height + ry}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0Z`
}

export function pathOf(points: readonly Point[], photo: PhotoSize): string {
  return `M${points.map(([x, y]) => `${x * photo.width} ${y * photo.height}`).join('L')}Z`
}
