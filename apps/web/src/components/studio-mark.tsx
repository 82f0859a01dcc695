import { useState } from 'react'
import { cn } from '../lib/cn.ts'

interface StudioMarkProps {
  name: string
  logoUrl?: string | null
  /** Tints the ground of the letter; a tint, so that the letter is legible on whatever colour was chosen. */
  accent?: string | null
  className?: string
}

/** A studio's sign: its logo, or the first letter of its name where it has none or it cannot be loaded. */
export function StudioMark({ name, logoUrl, accent, className }: StudioMarkProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const box = cn('flex shrink-0 items-center justify-center overflow-hidden font-strong', className)
  if (logoUrl && logoUrl !== broken)
    return (
      <span aria-hidden="true" className={cn(box, 'bg-white')}>
        <img src={logoUrl} alt="" className="size-full object-contain" onError={() => setBroken(logoUrl)} />
      </span>
    )
  return (
    <span
      aria-hidden="true"
      className={cn(box, 'border border-accent bg-accent-soft')}
      style={
        accent ? { backgroundColor: `color-mix(in srgb, ${accent} 20%, transparent)`, borderColor: accent } : undefined
      }
    >
      {Array.from(name.trim())[0]?.toUpperCase()}
    </span>
  )
}
