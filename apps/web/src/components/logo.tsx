import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import { PixelArt } from './pixel-art.tsx'
import { pieces } from './pixel-pieces.ts'

const mark = [
  { rows: pieces.head, x: 0, y: 3 },
  { rows: pieces.spark, x: 11, y: 0 },
]

/** The cat's head with its spark; `public/favicon.svg` is the same drawing. */
export function LogoMark({ scale = 2, className }: { scale?: number; className?: string }) {
  return <PixelArt pieces={mark} width={16} height={15} scale={scale} className={className} />
}

/** Mark and name: the only place in the tool with the pixel face. */
export function Wordmark({ className, scale }: { className?: string; scale?: number }) {
  const t = useTranslations('common')
  return (
    <span className={cn('inline-flex items-center gap-2 font-pixel text-large font-strong', className)}>
      <LogoMark scale={scale} className="shrink-0" />
      {t('productName')}
    </span>
  )
}
