import type { AssetVersionItem } from '@sparkle/shared/assets'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '../../components/dialog.tsx'
import { Slider } from '../../components/slider.tsx'
import { cn } from '../../lib/cn.ts'

interface CompareDialogProps {
  before: AssetVersionItem
  after: AssetVersionItem
  onClose: () => void
}

/** Two versions of a picture on top of each other, with a line between them that can be drawn to and fro. */
export function CompareDialog({ before, after, onClose }: CompareDialogProps) {
  const t = useTranslations('assets.versions')
  const [share, setShare] = useState(50)
  const sprite = after.sourceAssetId !== null
  const { width = 1, height = 1 } = after.metadata
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('compareTitle', { before: before.number, after: after.number })}
      width="large"
    >
      <div
        className={cn('relative mx-auto max-h-[65dvh] overflow-hidden rounded-box bg-sunken', sprite && 'checkered')}
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        <Layer version={after} sprite={sprite} />
        <div className="absolute inset-0 bg-sunken" style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}>
          <div className={cn('absolute inset-0', sprite && 'checkered')} />
          <Layer version={before} sprite={sprite} />
        </div>
        <div
          aria-hidden="true"
          className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.5)]"
          style={{ left: `${share}%` }}
        />
        <Label className="left-2">{t('number', { number: before.number })}</Label>
        <Label className="right-2">{t('number', { number: after.number })}</Label>
      </div>
      <div className="mt-2">
        <Slider label={t('compareSlider')} value={share} min={0} max={100} onValueChange={setShare} />
      </div>
    </Dialog>
  )
}

function Layer({ version, sprite }: { version: AssetVersionItem; sprite: boolean }) {
  return (
    <img
      src={sprite ? version.urls.still : version.urls.web}
      alt=""
      className={cn('absolute inset-0 size-full object-contain', sprite && 'pixelated')}
    />
  )
}

function Label({ className, children }: { className: string; children: string }) {
  return (
    <span className={cn('absolute top-2 rounded-[4px] bg-surface px-1.5 py-0.5 text-small font-strong', className)}>
      {children}
    </span>
  )
}
