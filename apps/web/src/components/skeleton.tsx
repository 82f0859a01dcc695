import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

/** Holds the place of what is loading; give it the size of what will come. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-breathe rounded-box bg-line', className)} />
}

/** Lines of a list or text that is loading, with one word for readers. */
export function SkeletonList({ rows = 5, className = 'h-11' }: { rows?: number; className?: string }) {
  const t = useTranslations('common')
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className={className} />
      ))}
    </div>
  )
}
