import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { cn } from '../lib/cn.ts'
import { PixelArt } from './pixel-art.tsx'
import { pieces } from './pixel-pieces.ts'

interface PictureProps {
  src: string | null | undefined
  /** What is on it; the empty string where the words beside it already say so. */
  alt: string
  /** `sprite` keeps hard pixels and shows all of it; `photo` is soft and fills the frame. */
  kind: 'sprite' | 'photo'
  /** Width by height, fixed before anything has loaded, so that nothing jumps. */
  ratio?: number
  /** A tiny version that is shown blurred until the real one is there. */
  previewSrc?: string
  /** What the cut has to show: 0 to 1 from the left and the top of the picture. Its middle where nothing is said. */
  focus?: { x: number; y: number } | null
  className?: string
}

const head = [{ rows: pieces.head, x: 1, y: 2 }]

/** A picture in a frame of fixed shape. Without a source the house cat keeps the place. */
export function Picture({ src, alt, kind, ratio = 1, previewSrc, focus, className }: PictureProps) {
  const [loaded, setLoaded] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const ready = loaded === src
  return (
    <span
      className={cn(
        'relative block shrink-0 overflow-hidden rounded-box bg-sunken',
        kind === 'sprite' && 'checkered',
        className,
      )}
      style={{ aspectRatio: ratio }}
    >
      {!src && (
        <PixelArt pieces={head} width={16} height={16} className="absolute inset-0 size-full opacity-40 grayscale" />
      )}
      {src && failed === src && <ImageOff aria-hidden="true" className="absolute inset-0 m-auto size-5 text-faint" />}
      {src && previewSrc && !ready && (
        <img src={previewSrc} alt="" className="absolute inset-0 size-full scale-110 object-cover blur-lg" />
      )}
      {src && failed !== src && (
        <img
          src={src}
          alt={alt}
          loading="lazy"
          decoding="async"
          style={focus ? { objectPosition: `${focus.x * 100}% ${focus.y * 100}%` } : undefined}
          onLoad={() => setLoaded(src)}
          onError={() => setFailed(src)}
          className={cn(
            'absolute inset-0 size-full transition-opacity duration-(--calm)',
            kind === 'sprite' ? 'pixelated object-contain' : 'object-cover',
            !ready && 'opacity-0',
          )}
        />
      )}
      {(!src || failed === src) && alt && <span className="sr-only">{alt}</span>}
    </span>
  )
}
