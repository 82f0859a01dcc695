import type { Bitmap } from '@sparkle/pixel/bitmap'
import { useCallback } from 'react'
import { cn } from '../../lib/cn.ts'

/** How dark it is where nothing is kept, 0..255. Over a photo, so the same in both themes. */
const shade = 165
const line = 0xe6ffffff

/** What is cut away lies in shadow, with a light line around what is kept. */
export function KeptOverlay({ kept, className }: { kept: Bitmap | null; className?: string }) {
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas || !kept) return
      canvas.width = kept.width
      canvas.height = kept.height
      canvas.getContext('2d')?.putImageData(shadowOf(kept), 0, 0)
    },
    [kept],
  )
  return (
    kept && <canvas ref={draw} aria-hidden="true" className={cn('pointer-events-none object-contain', className)} />
  )
}

function shadowOf({ width, height, data }: Bitmap): ImageData {
  const shadow = new ImageData(width, height)
  const pixels = new Uint32Array(shadow.data.buffer)
  for (let i = 0; i < data.length; i++) {
    const kept = data[i] ?? 0
    const isIn = kept >= 128
    const right = (i + 1) % width === 0 ? isIn : (data[i + 1] ?? 0) >= 128
    const below = i + width >= data.length ? isIn : (data[i + width] ?? 0) >= 128
    // The bytes are red, green, blue, opacity; read as one number, the last one leads.
    pixels[i] = isIn !== right || isIn !== below ? line : (Math.round((shade * (255 - kept)) / 255) << 24) >>> 0
  }
  return shadow
}
