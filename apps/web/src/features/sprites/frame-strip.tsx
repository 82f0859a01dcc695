import type { SpriteRender } from '@sparkle/pixel/render'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'

interface FrameStripProps {
  render: SpriteRender
  sheet: CanvasImageSource
  /** Index into the sheet's frames. */
  chosen: number
  onChoose: (index: number) => void
}

/** All frames of the sheet, movement by movement. */
export function FrameStrip({ render, sheet, chosen, onChoose }: FrameStripProps) {
  const t = useTranslations('sprites')
  const { frames, meta } = render.meta
  return (
    <div role="group" aria-label={t('pixels.frames')} className="flex gap-3 overflow-x-auto pb-1">
      {meta.frameTags.map(({ name, from, to }) => (
        <div key={name} className="flex flex-col gap-1">
          <span className="text-small text-muted">{tagLabel(name, t)}</span>
          <div className="flex gap-1">
            {frames.slice(from, to + 1).map(({ frame, filename }, index) => (
              <button
                key={filename}
                type="button"
                aria-pressed={chosen === from + index}
                aria-label={t('pixels.frame', { movement: tagLabel(name, t), number: index + 1 })}
                onClick={() => onChoose(from + index)}
                className={cn(
                  'checkered size-10 shrink-0 overflow-hidden rounded-[4px] border border-line p-0.5 pointer-coarse:size-11',
                  chosen === from + index && 'border-accent ring-1 ring-accent',
                )}
              >
                <FramePicture sheet={sheet} frame={frame} />
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}

const labels = {
  still: 'animation.still',
  idle: 'animation.idle',
  walk: 'animation.walk',
  jump: 'animation.jump',
  happy: 'animation.happy',
} as const

function tagLabel(name: string, t: ReturnType<typeof useTranslations<'sprites'>>): string {
  return name in labels ? t(labels[name as keyof typeof labels]) : name
}

interface FramePictureProps {
  sheet: CanvasImageSource
  frame: { x: number; y: number; w: number; h: number }
}

function FramePicture({ sheet, frame: { x, y, w, h } }: FramePictureProps) {
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return
      canvas.width = w
      canvas.height = h
      canvas.getContext('2d')?.drawImage(sheet, x, y, w, h, 0, 0, w, h)
    },
    [sheet, x, y, w, h],
  )
  return <canvas ref={draw} aria-hidden="true" className="pixelated size-full object-contain" />
}
