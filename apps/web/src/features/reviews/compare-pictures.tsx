import type { VersionView } from '@sparkle/shared/reviews'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Slider } from '../../components/slider.tsx'
import { cn } from '../../lib/cn.ts'

const ways = ['slider', 'overlay', 'difference'] as const
type Way = (typeof ways)[number]

/** Two versions of a picture on top of each other: cut by a line, one shining through, or only what differs. */
export function ComparePictures({ before, after }: { before: VersionView; after: VersionView }) {
  const t = useTranslations('reviews.compare')
  const [way, setWay] = useState<Way>('slider')
  const [share, setShare] = useState(50)
  const sprite = after.kind === 'sprite'
  const image = cn('absolute inset-0 size-full object-contain', sprite && 'pixelated')
  return (
    <div className="flex size-full flex-col gap-3 p-3 sm:p-5">
      <SegmentedControl
        label={t('way')}
        className="self-center"
        value={way}
        onValueChange={setWay}
        options={ways.map((value) => ({ value, label: t(value) }))}
      />
      <div
        className={cn(
          'relative min-h-0 grow overflow-hidden rounded-box',
          way === 'difference' ? 'isolate bg-black' : sprite ? 'checkered' : 'bg-sunken',
        )}
      >
        <img src={before.fileUrl ?? ''} alt={t('picture', { number: before.number })} className={image} />
        {way === 'slider' && (
          <>
            <div className="absolute inset-0 bg-sunken" style={{ clipPath: `inset(0 0 0 ${share}%)` }}>
              <div className={cn('absolute inset-0', sprite && 'checkered')} />
              <img src={after.fileUrl ?? ''} alt={t('picture', { number: after.number })} className={image} />
            </div>
            <div
              aria-hidden="true"
              className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-surface ring-1 ring-ink"
              style={{ left: `${share}%` }}
            />
          </>
        )}
        {way === 'overlay' && (
          <img
            src={after.fileUrl ?? ''}
            alt={t('picture', { number: after.number })}
            className={image}
            style={{ opacity: share / 100 }}
          />
        )}
        {way === 'difference' && (
          <img
            src={after.fileUrl ?? ''}
            alt={t('picture', { number: after.number })}
            className={image}
            style={{ mixBlendMode: 'difference' }}
          />
        )}
        <Label className="left-2">{t('version', { number: before.number })}</Label>
        <Label className="right-2">{t('version', { number: after.number })}</Label>
      </div>
      {way === 'difference' ? (
        <p className="text-center text-muted">{t('differenceHint')}</p>
      ) : (
        <Slider
          label={t(way === 'slider' ? 'line' : 'strength')}
          value={share}
          min={0}
          max={100}
          onValueChange={setShare}
        />
      )}
    </div>
  )
}

function Label({ className, children }: { className: string; children: string }) {
  return (
    <span className={cn('absolute top-2 rounded-[4px] bg-surface px-1.5 py-0.5 text-small font-strong', className)}>
      {children}
    </span>
  )
}
