import { Maximize, Minus, Plus } from 'lucide-react'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { cn } from '../../lib/cn.ts'
import { PicturePins, type Pin } from './picture-pins.tsx'
import { usePointerView } from './use-pointer-view.ts'
import { boxOf, clamp, fitOf, lookingAt, moved, rounded, wholeView, zoomAt, type Point, type Size } from './zoom.ts'

interface PictureStageProps {
  src: string
  alt: string
  /** Hard pixels, in whole steps. */
  sprite: boolean
  pins: readonly Pin[]
  /** The pin that is being commented on, before it is sent. */
  draft: Point | null
  /** Somebody is to say where: by a press, or with a crosshair by keys. */
  placing: boolean
  onPlace: (at: Point) => void
  onCancel: () => void
  onPick: (id: string) => void
  /** A place to go to; a new object goes there again. */
  goTo: Point | null
}

const zoomStep = 1.5
const panStep = 60
const crosshairStep = 0.01

/** A picture to look at closely: panned and zoomed by wheel, fingers or keys, with its pins in their places. */
export function PictureStage(props: PictureStageProps) {
  const { src, alt, sprite, pins, draft, placing, onPlace, onCancel, onPick, goTo } = props
  const t = useTranslations('reviews.picture')
  const [element, setElement] = useState<HTMLDivElement | null>(null)
  const [stage, setStage] = useState<Size>({ width: 1, height: 1 })
  const [natural, setNatural] = useState<Size | null>(null)
  const [view, setView] = useState(wholeView)
  const [crosshair, setCrosshair] = useState<Point>({ x: 0.5, y: 0.5 })
  const fit = fitOf(stage, natural ?? stage, sprite)
  const box = boxOf(stage, fit, view)
  const middle = { x: stage.width / 2, y: stage.height / 2 }
  const zoomBy = (factor: number, at: Point = middle) => setView(zoomAt(view, factor, at, stage, fit))
  const [reached, setReached] = useState<Point | null>(null)
  if (goTo && goTo !== reached && natural && stage.width > 1) {
    setReached(goTo)
    setView(lookingAt(goTo, Math.max(view.zoom, 2), fit))
  }

  useEffect(() => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setStage({ width: entry.contentRect.width || 1, height: entry.contentRect.height || 1 })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  useEffect(() => {
    if (placing) element?.focus()
  }, [placing, element])

  usePointerView(element, {
    box,
    onZoom: zoomBy,
    onMove: (by) => setView(moved(view, by, fit)),
    onPoint: placing ? setCrosshair : undefined,
    onTap: placing ? (at) => onPlace(rounded(at)) : undefined,
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const way = arrows[event.key]
    if (way && placing) {
      const step = crosshairStep * (event.shiftKey ? 5 : 1)
      setCrosshair({ x: clamp(crosshair.x + way.x * step, 0, 1), y: clamp(crosshair.y + way.y * step, 0, 1) })
    } else if (way) setView(moved(view, { x: -way.x * panStep, y: -way.y * panStep }, fit))
    else if (event.key === '+' || event.key === '=') zoomBy(zoomStep)
    else if (event.key === '-') zoomBy(1 / zoomStep)
    else if (event.key === '0') setView(wholeView)
    else if (event.key === 'Enter' && placing) onPlace(rounded(crosshair))
    else if (event.key === 'Escape' && placing) onCancel()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative size-full overflow-hidden bg-sunken">
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- an application, worked by its own keys */}
      <div
        ref={setElement}
        role="application"
        tabIndex={0}
        aria-label={placing ? t('placingLabel', { ...crosshair }) : t('label', { name: alt })}
        aria-describedby="picture-keys"
        onKeyDown={onKeyDown}
        className={cn(
          'absolute inset-0 touch-none select-none focus-visible:-outline-offset-4',
          placing ? 'cursor-crosshair' : 'cursor-grab active:cursor-grabbing',
        )}
      >
        <div className={cn('absolute', sprite && 'checkered')} style={box}>
          <img
            src={src}
            alt={alt}
            draggable={false}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setNatural({ width: naturalWidth || 1, height: naturalHeight || 1 })
            }
            className={cn('size-full', sprite && 'pixelated', !natural && 'opacity-0')}
          />
        </div>
        {natural && (
          <PicturePins box={box} pins={pins} draft={draft} crosshair={placing ? crosshair : null} onPick={onPick} />
        )}
      </div>
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <p id="picture-keys" className="sr-only">
        {placing ? t('placingKeys') : t('keys')}
      </p>
      <p role="status" className="sr-only">
        {placing ? t('at', { ...crosshair }) : ''}
      </p>
      {placing && (
        <p className="floating pointer-events-none absolute inset-x-4 top-3 mx-auto w-fit px-4 py-2.5 text-center font-strong">
          {t('placing')}
        </p>
      )}
      <div className="floating absolute right-3 bottom-3 flex">
        <IconButton label={t('smaller')} keys="-" icon={<Minus />} onClick={() => zoomBy(1 / zoomStep)} />
        <IconButton label={t('whole')} keys="0" icon={<Maximize />} onClick={() => setView(wholeView)} />
        <IconButton label={t('larger')} keys="+" icon={<Plus />} onClick={() => zoomBy(zoomStep)} />
      </div>
    </div>
  )
}

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}
