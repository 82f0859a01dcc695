import type { Area, Mask, Point, SpriteRecipe } from '@sparkle/pixel/recipe'
import { useState, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { Grip, photoPoint } from './grip.tsx'
import type { RecipeEditing } from './use-recipe.ts'
import {
  boxOf,
  edges,
  ellipseIn,
  isWholePhoto,
  lassoMask,
  moveArea,
  moveMask,
  placeOf,
  resizeArea,
  wholePhoto,
  type Edge,
} from './shapes.ts'
import { useUnit } from './use-unit.ts'

export const photoTools = ['crop', 'ellipse', 'lasso'] as const
export type PhotoTool = (typeof photoTools)[number]

interface PhotoCanvasProps extends Pick<RecipeEditing, 'recipe' | 'change' | 'onSettle'> {
  photo: { url: string; width: number; height: number }
  tool: PhotoTool
}

/** The photo with its crop and mask; what is cut away lies in shadow, and the chosen tool's shape has handles. */
export function PhotoCanvas({ photo, tool, recipe, change, onSettle }: PhotoCanvasProps) {
  const t = useTranslations('sprites.tools')
  const [line, setLine] = useState<Point[] | null>(null)
  const { ref, unit } = useUnit(photo)
  const size = { width: photo.width, height: photo.height }
  const drawing = tool === 'lasso'

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (!drawing || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setLine([pointOf(event)])
  }
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    if (line) setLine([...line, pointOf(event)])
  }
  const onPointerUp = () => {
    const mask = line && lassoMask(line)
    if (mask) change({ mask })
    setLine(null)
  }
  return (
    <svg
      ref={ref}
      viewBox={`0 0 ${photo.width} ${photo.height}`}
      role="group"
      aria-label={t('canvas')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setLine(null)}
      className={cn(
        'absolute inset-3 size-[calc(100%-24px)] touch-none overflow-visible select-none',
        drawing && 'cursor-crosshair',
      )}
    >
      <image href={photo.url} {...size} />
      <Shadows recipe={recipe} {...size} />
      {tool === 'crop' && (
        <CropShape
          area={recipe.crop ?? wholePhoto}
          photo={photo}
          unit={unit}
          onChange={(area, gesture) => change({ crop: isWholePhoto(area) ? undefined : area }, gesture)}
          onSettle={onSettle}
        />
      )}
      {tool !== 'crop' && recipe.mask && !line && (
        // With the lasso the pointer draws; the mask then moves by the arrow keys only.
        <g pointerEvents={drawing ? 'none' : undefined}>
          <MaskShape
            mask={recipe.mask}
            photo={photo}
            unit={unit}
            onChange={(mask, gesture) => change({ mask }, gesture)}
            onSettle={onSettle}
          />
        </g>
      )}
      {line && <path d={pathOf(line, photo)} {...stroke} className="fill-accent/30 stroke-accent" />}
    </svg>
  )
}

/** Over a photo, so the same in both themes. */
const shade = 'rgb(0 0 0 / 0.6)'
const light = 'rgb(255 255 255 / 0.85)'
const stroke = { strokeWidth: 2, vectorEffect: 'non-scaling-stroke' } as const

function pointOf(event: PointerEvent<SVGSVGElement>): Point {
  const { x, y } = photoPoint(event)
  return [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))]
}

interface PhotoSize {
  width: number
  height: number
}

/** Everything outside the mask, and outside the crop, in shade. */
function Shadows({ recipe, width, height }: { recipe: SpriteRecipe } & PhotoSize) {
  const whole = `M0 0H${width}V${height}H0Z`
  const crop = recipe.crop && boxPath(recipe.crop, { width, height })
  const mask = recipe.mask && maskPath(recipe.mask, { width, height })
  return (
    <g pointerEvents="none" fillRule="evenodd" fill={shade}>
      {mask && <path d={whole + mask} />}
      {crop && <path d={whole + crop} />}
      {mask && <path d={mask} {...stroke} strokeDasharray="6 4" fill="none" stroke={light} />}
      {crop && <path d={crop} {...stroke} fill="none" stroke={light} />}
    </g>
  )
}

interface ShapeProps<T> {
  photo: PhotoSize
  /** Photo pixels in one screen pixel, so that handles keep their size on the screen. */
  unit: number
  onChange: (next: T, gesture: string) => void
  onSettle: () => void
}

function CropShape({ area, photo, unit, onChange, onSettle }: ShapeProps<Area> & { area: Area }) {
  const t = useTranslations('sprites.tools')
  return (
    <>
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

function MaskShape({ mask, photo, unit, onChange, onSettle }: ShapeProps<Mask> & { mask: Mask }) {
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

function boxPath({ x, y, width, height }: Area, photo: PhotoSize): string {
  return `M${x * photo.width} ${y * photo.height}h${width * photo.width}v${height * photo.height}h${-width * photo.width}Z`
}

function maskPath(mask: Mask, photo: PhotoSize): string {
  if (mask.shape === 'polygon') return pathOf(mask.points, photo)
  const { x, y, width, height } = boxOf(mask)
  const [rx, ry] = [(width * photo.width) / 2, (height * photo.height) / 2]
  const left = x * photo.width
  return `M${left} ${y * photo.height + ry}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0Z`
}

function pathOf(points: readonly Point[], photo: PhotoSize): string {
  return `M${points.map(([x, y]) => `${x * photo.width} ${y * photo.height}`).join('L')}Z`
}
