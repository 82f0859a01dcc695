import { useFormatter, useNow, useTranslations } from 'use-intl'

/** The day of an instant as people say it: today, yesterday, or its date; in the reader's zone. */
export function useDayNames(): (instant: string) => string {
  const t = useTranslations('common')
  const format = useFormatter()
  const now = useNow()
  const dayOf = (at: Date) => format.dateTime(at, { dateStyle: 'full' })
  return (instant) => {
    const day = dayOf(new Date(instant))
    if (day === dayOf(now)) return t('today')
    return day === dayOf(new Date(now.getTime() - 86_400_000)) ? t('yesterday') : day
  }
}
