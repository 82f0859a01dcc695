import type { Bitmap } from '@sparkle/pixel/bitmap'
import type { MaskStep, Point } from '@sparkle/pixel/recipe'
import { useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { KeptOverlay } from './kept-overlay.tsx'
import { boxBetween, hidesBase, type MarkTool } from './mask-steps.ts'
import { boxPath, CropShape, MaskShape, pathOf, stroke, type PhotoSize } from './photo-shapes.tsx'
import { isWholePhoto, wholePhoto } from './shapes.ts'
import { stepOf, useMarking, type Marking, type MarkSettings } from './use-marking.ts'
import type { RecipeEditing } from './use-recipe.ts'
import { useUnit } from './use-unit.ts'

export const photoTools = ['crop', 'guess', 'brush', 'lasso', 'wand', 'ellipse'] as const
export type PhotoTool = (typeof photoTools)[number]

export function isMarkTool(tool: PhotoTool): tool is MarkTool {
  return tool !== 'crop' && tool !== 'ellipse'
}

interface PhotoCanvasProps extends Pick<RecipeEditing, 'recipe' | 'change' | 'onSettle'> {
  photo: { url: string } & PhotoSize
  tool: PhotoTool
  settings: MarkSettings
  kept: Bitmap | null
  onStep: (step: MaskStep) => void
}

/** Both layers and the photo lie on each other, each as large as the place allows. */
const layer = 'absolute inset-3 size-[calc(100%-24px)]'

/** The photo with its crop and cut-out; what is cut away lies in shadow, and the chosen tool draws on it. */
export function PhotoCanvas({ photo, tool, settings, kept, recipe, change, onSettle, onStep }: PhotoCanvasProps) {
  const t = useTranslations('sprites.tools')
  const markTool = isMarkTool(tool) ? tool : null
  const marking = useMarking(markTool, settings, onStep)
  const keys = useKeyCursor(markTool, settings, onStep)
  const { ref, unit } = useUnit(photo)
  return (
    <>
      <img src={photo.url} alt="" draggable={false} className={cn(layer, 'object-contain select-none')} />
      <KeptOverlay kept={kept} className={layer} />
      <svg
        ref={ref}
        viewBox={`0 0 ${photo.width} ${photo.height}`}
        role="group"
        aria-label={t('canvas')}
        {...marking.handlers}
        className={cn(layer, 'touch-none overflow-visible select-none', markTool && 'cursor-crosshair')}
      >
        {recipe.crop && <CropShadow crop={recipe.crop} photo={photo} />}
        {tool === 'crop' && (
          <CropShape
            area={recipe.crop ?? wholePhoto}
            photo={photo}
            unit={unit}
            onChange={(area, gesture) => change({ crop: isWholePhoto(area) ? undefined : area }, gesture)}
            onSettle={onSettle}
          />
        )}
        {tool === 'ellipse' && recipe.mask && !hidesBase(recipe.steps) && (
          <MaskShape
            mask={recipe.mask}
            photo={photo}
            unit={unit}
            onChange={(mask, gesture) => change({ mask }, gesture)}
            onSettle={onSettle}
          />
        )}
        {markTool && <Drawing tool={markTool} settings={settings} marking={marking} photo={photo} />}
        {markTool && (
          <g
            role="slider"
            tabIndex={0}
            aria-label={t('cross')}
            aria-describedby="photo-tool-hint"
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(keys.at[0] * 100)}
            aria-valuetext={t('place', { x: keys.at[0], y: keys.at[1] })}
            onKeyDown={keys.onKeyDown}
            onBlur={keys.forget}
            pointerEvents="none"
            className="opacity-0 outline-none focus-visible:opacity-100"
          >
            <Cross at={keys.at} photo={photo} unit={unit} />
          </g>
        )}
        {keys.corners.length > 0 && (
          <path d={pathOf(keys.corners, photo)} pointerEvents="none" {...stroke} className="fill-none stroke-accent" />
        )}
      </svg>
    </>
  )
}

function CropShadow({ crop, photo }: { crop: Parameters<typeof boxPath>[0]; photo: PhotoSize }) {
  const box = boxPath(crop, photo)
  return (
    <g pointerEvents="none">
      <path d={`M0 0H${photo.width}V${photo.height}H0Z${box}`} fillRule="evenodd" fill="rgb(0 0 0 / 0.6)" />
      <path d={box} {...stroke} fill="none" stroke="rgb(255 255 255 / 0.85)" />
    </g>
  )
}

interface DrawingProps {
  tool: MarkTool
  settings: MarkSettings
  marking: Marking
  photo: PhotoSize
}

/** What is being drawn, before it becomes a step. */
function Drawing({ tool, settings, marking: { line, cursor }, photo }: DrawingProps) {
  const radius = settings.radius * Math.max(photo.width, photo.height)
  const erases = settings.mode === 'erase'
  const at = cursor ?? line?.at(-1)
  if (tool === 'brush')
    return (
      <g pointerEvents="none" className={erases ? 'text-bad' : 'text-accent'}>
        {line && (
          <path
            d={`M${line.map(([x, y]) => `${x * photo.width} ${y * photo.height}`).join('L')}h0.01`}
            fill="none"
            stroke="currentColor"
            strokeOpacity={0.5}
            strokeWidth={2 * radius}
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        )}
        {at && (
          <circle
            cx={at[0] * photo.width}
            cy={at[1] * photo.height}
            r={radius}
            {...stroke}
            fill="none"
            stroke="white"
          />
        )}
      </g>
    )
  if (!line || tool === 'wand') return null
  const box = tool === 'guess' && line[0] ? boxBetween(line[0], line.at(-1) ?? line[0]) : null
  if (tool === 'guess' && !box) return null
  return (
    <path
      d={box ? boxPath(box, photo) : pathOf(line, photo)}
      pointerEvents="none"
      {...stroke}
      className={cn(erases ? 'fill-bad/30 stroke-bad' : 'fill-accent/30 stroke-accent')}
    />
  )
}

function Cross({ at: [x, y], photo, unit }: { at: Point; photo: PhotoSize; unit: number }) {
  const [left, top, arm] = [x * photo.width, y * photo.height, 12 * unit]
  const path = `M${left - arm} ${top}h${2 * arm}M${left} ${top - arm}v${2 * arm}`
  return (
    <g pointerEvents="none" fill="none">
      <path d={path} {...stroke} strokeWidth={4} stroke="black" />
      <path d={path} {...stroke} className="stroke-accent" />
    </g>
  )
}

const arrows: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const keyStep = 0.01
const bigKeyStep = 0.05

/**
 * The marking tools by keyboard: the arrow keys move a cross; Enter dabs the brush or waves the wand there, and sets one
 * after the other the corners of a guess's box or of a lasso, which a corner set twice closes.
 */
function useKeyCursor(tool: MarkTool | null, settings: MarkSettings, onStep: (step: MaskStep) => void) {
  const [at, setAt] = useState<Point>([0.5, 0.5])
  const [corners, setCorners] = useState<readonly Point[]>([])
  const finish = (line: readonly Point[]) => {
    setCorners([])
    const step = tool && stepOf(tool, line, settings)
    if (step) onStep(step)
  }
  const set = (point: Point) => {
    const last = corners.at(-1)
    const again = last !== undefined && last[0] === point[0] && last[1] === point[1]
    if (tool === 'brush' || tool === 'wand') finish([point])
    else if (tool === 'lasso' ? again : corners.length === 1) finish([...corners, point])
    else setCorners([...corners, point])
  }
  return {
    at,
    corners,
    forget: () => setCorners([]),
    onKeyDown: (event: KeyboardEvent) => {
      const arrow = arrows[event.key]
      if (arrow) {
        const step = event.shiftKey ? bigKeyStep : keyStep
        const move = (from: number, by: number) => Math.min(1, Math.max(0, from + by * step))
        setAt([move(at[0], arrow[0]), move(at[1], arrow[1])])
      } else if (event.key === 'Enter' || event.key === ' ') set(at)
      else return
      event.preventDefault()
    },
  }
}
