import type { AuditField } from '@sparkle/shared/audit'
import { Lock } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'

interface ValueProps {
  value: unknown
  state?: AuditField['state']
  className?: string
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

/** One value of a row, as a person reads it. */
export function Value({ value, state = 'plain', className }: ValueProps) {
  const t = useTranslations('audit.entry')
  const { dateTime } = useFormats()
  if (state === 'sealed')
    return (
      <span className={cn('inline-flex items-center gap-1 text-muted', className)}>
        <Lock className="size-3.5" aria-hidden="true" />
        {t('sealed')}
      </span>
    )
  if (state === 'erased') return <span className={cn('text-muted italic', className)}>{t('erased')}</span>
  if (value === null || value === undefined || value === '')
    return <span className={cn('text-muted', className)}>{t('nothing')}</span>
  const words =
    typeof value === 'boolean'
      ? t(value ? 'yes' : 'no')
      : typeof value === 'string' && instant.test(value)
        ? dateTime(value)
        : typeof value === 'object'
          ? JSON.stringify(value, null, 1)
          : String(value)
  return (
    <span
      className={cn(
        'wrap-anywhere whitespace-pre-wrap',
        typeof value === 'object' && 'font-mono text-small',
        className,
      )}
    >
      {words}
    </span>
  )
}
