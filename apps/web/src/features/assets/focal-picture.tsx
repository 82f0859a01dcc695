import type { AssetItem } from '@sparkle/shared/assets'
import { Crosshair } from 'lucide-react'
import { useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Picture } from '../../components/picture.tsx'
import { useSetFocalPoint } from './api.ts'

interface FocalPictureProps {
  asset: AssetItem
  mayChange: boolean
}

const step = 0.05
const middle = { x: 0.5, y: 0.5 }
const clamp = (value: number) => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000))

/** A picture in its own shape, on which the point is set that every cut of it has to show: by a click or the arrow keys. */
export function FocalPicture({ asset, mayChange }: FocalPictureProps) {
  const t = useTranslations('assets.focal')
  const [setting, setSetting] = useState(false)
  const save = useSetFocalPoint()
  const { urls, metadata, filename } = asset
  const { width, height } = metadata
  // All of it, in its own shape: a click means the same point of the picture as of the frame.
  const ratio = width && height ? width / height : 1
  const frame = { maxWidth: `calc(52dvh * ${ratio})` }
  const shown = save.isPending ? save.variables.focalPoint : asset.focalPoint
  // One after the other: the next is made on the version that the one before has brought.
  const set = (x: number, y: number) => {
    if (!save.isPending) save.mutate({ asset, focalPoint: { x: clamp(x), y: clamp(y) } })
  }
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    // A click made by the keyboard has no place on the picture.
    if (event.detail === 0) return
    const box = event.currentTarget.getBoundingClientRect()
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
  }
  const press = (event: KeyboardEvent) => {
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[
      event.key
    ] ?? [0, 0]
    if (dx === 0 && dy === 0) return
    event.preventDefault()
    const from = shown ?? middle
    set(from.x + (dx ?? 0), from.y + (dy ?? 0))
  }
  const picture = (
    <Picture src={urls.web} previewSrc={urls.thumb} alt={filename} kind="photo" ratio={ratio} className="w-full" />
  )
  const mark = shown && (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute size-8 -translate-1/2 rounded-full border-2 border-white shadow-[0_0_0_2px_rgb(0_0_0/0.55),inset_0_0_0_2px_rgb(0_0_0/0.35)]"
      style={{ left: `${shown.x * 100}%`, top: `${shown.y * 100}%` }}
    />
  )
  if (!mayChange)
    return (
      <div className="mx-auto" style={frame}>
        {picture}
      </div>
    )
  return (
    <div>
      <div className="relative mx-auto" style={frame}>
        {setting ? (
          <button
            type="button"
            aria-label={t('place', { name: filename })}
            onClick={click}
            onKeyDown={press}
            className="relative block w-full cursor-crosshair rounded-box"
          >
            {picture}
          </button>
        ) : (
          picture
        )}
        {setting && mark}
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button size="small" icon={<Crosshair />} aria-pressed={setting} onClick={() => setSetting(!setting)}>
          {setting ? t('done') : t('set')}
        </Button>
        {setting && shown && (
          <Button
            size="small"
            look="quiet"
            pending={save.isPending}
            onClick={() => save.mutate({ asset, focalPoint: null })}
          >
            {t('clear')}
          </Button>
        )}
        {setting && <span className="text-small text-muted">{t('hint')}</span>}
      </div>
    </div>
  )
}
