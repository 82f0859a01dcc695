import type { UrlStatus, UrlView } from '@sparkle/shared/urls'
import { useNow, useTranslations } from 'use-intl'
import { StatusPill, StatusText, type Tone } from '../../components/status.tsx'
import { useFormats } from '../../lib/format.ts'
import { daysLeft, warnDays } from './term.ts'

const tones: Record<UrlStatus, Tone> = { reserved: 'info', active: 'ok', expired: 'warn', deleted: 'neutral' }

export function UrlStatusMark({ status, pill }: { status: UrlStatus; pill?: boolean }) {
  const t = useTranslations('urls.status')
  const Mark = pill ? StatusPill : StatusText
  return (
    <Mark tone={tones[status]} className="align-middle">
      {t(status)}
    </Mark>
  )
}

/** When an address ends, as a warning once that is near. */
export function Expiry({ url }: { url: UrlView }) {
  const t = useTranslations('urls.expiry')
  const { date } = useFormats()
  const now = useNow({ updateInterval: 60_000 })
  const left = daysLeft(url, now)
  if (!url.expiresAt || left === null || url.status === 'deleted') return null
  if (url.status === 'expired') return <span className="text-warn">{t('over', { date: date(url.expiresAt) })}</span>
  const near = left <= warnDays
  return (
    <span className={near ? 'text-warn' : undefined}>
      {near ? t('near', { days: left, date: date(url.expiresAt) }) : t('far', { date: date(url.expiresAt) })}
    </span>
  )
}
