import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import type { Box, Point } from './zoom.ts'

/** A thread's place in a picture. */
export interface Pin extends Point {
  id: string
  number: number
  resolved: boolean
  fresh: boolean
  selected: boolean
}

interface PicturePinsProps {
  box: Box
  pins: readonly Pin[]
  draft: Point | null
  crosshair: Point | null
  onPick: (id: string) => void
}

/** The pins over a picture: as large at any zoom, and where they belong. */
export function PicturePins({ box, pins, draft, crosshair, onPick }: PicturePinsProps) {
  const t = useTranslations('reviews.picture')
  const at = ({ x, y }: Point) => ({ left: box.left + x * box.width, top: box.top + y * box.height })
  return (
    <>
      {pins.map((pin) => (
        <button
          key={pin.id}
          type="button"
          data-pin
          aria-label={t('pin', { number: pin.number, state: pin.resolved ? 'done' : 'open' })}
          aria-pressed={pin.selected}
          onClick={() => onPick(pin.id)}
          style={at(pin)}
          className={cn(
            'absolute flex size-8 -translate-y-full items-center justify-center rounded-full rounded-bl-none border-2 font-strong tabular-nums pointer-coarse:size-11',
            pin.resolved ? 'border-ok-solid bg-ok-soft text-ok' : 'border-surface bg-accent text-accent-ink',
            pin.selected && 'z-10 outline-2 outline-offset-2 outline-ring',
          )}
        >
          {pin.resolved ? <Check aria-hidden="true" className="size-4" /> : pin.number}
          {pin.fresh && (
            <span
              aria-hidden="true"
              className="absolute -top-1 -right-1 size-3 rounded-full border-2 border-surface bg-info-solid"
            />
          )}
        </button>
      ))}
      {draft && (
        <span
          aria-hidden="true"
          style={at(draft)}
          className="animate-pop absolute size-8 -translate-y-full rounded-full rounded-bl-none border-2 border-surface bg-accent"
        />
      )}
      {crosshair && (
        <span
          aria-hidden="true"
          style={at(crosshair)}
          className={cn(
            'pointer-events-none absolute size-10 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-accent ring-2 ring-surface',
            "before:absolute before:inset-x-1/2 before:inset-y-0 before:w-0.5 before:-translate-x-1/2 before:bg-accent before:content-['']",
            "after:absolute after:inset-x-0 after:inset-y-1/2 after:h-0.5 after:-translate-y-1/2 after:bg-accent after:content-['']",
          )}
        />
      )}
    </>
  )
}
