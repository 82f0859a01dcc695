import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../../../lib/cn.ts'

interface ChangeProps {
  value: number | null
  before: number | null
  /** Whether more of it is good news; null where it is neither. */
  good: 'more' | 'less' | null
  format: (value: number) => string
}

/** How a figure stands to the period before: an arrow, the former value, and good or bad news by more than colour. */
export function Change({ value, before, good, format }: ChangeProps) {
  const t = useTranslations('dashboard.business')
  if (before === null || value === null) return <p className="text-small text-muted">{t('noBefore')}</p>
  const moved = Math.sign(value - before)
  const Arrow = moved > 0 ? ArrowUpRight : moved < 0 ? ArrowDownRight : ArrowRight
  const better = good !== null && moved !== 0 && (good === 'more') === moved > 0
  const worse = good !== null && moved !== 0 && !better
  return (
    <p className={cn('flex items-center gap-1 text-small', better ? 'text-ok' : worse ? 'text-bad' : 'text-muted')}>
      <Arrow aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate">
        {t(moved > 0 ? 'up' : moved < 0 ? 'down' : 'same', { before: format(before) })}
        {(better || worse) && <span className="sr-only"> {t(better ? 'better' : 'worse')}</span>}
      </span>
    </p>
  )
}
