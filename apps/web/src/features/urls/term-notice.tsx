import type { Renewal } from '@sparkle/shared/terms'
import type { UrlView } from '@sparkle/shared/urls'
import { CalendarPlus } from 'lucide-react'
import { useNow, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useCan } from '../../lib/session.tsx'
import { daysLeft, warnDays } from './term.ts'
import { useAskToRenew } from './use-ask-to-renew.ts'

/** Says that a live address ends soon or has ended, with the way to keep it. */
export function TermNotice({ url, renewal }: { url: UrlView; renewal: Renewal | null }) {
  const t = useTranslations('urls.renew')
  const renew = useAskToRenew(url)
  const mayRenew = useCan('urls:update', { projectId: url.projectId })
  const now = useNow({ updateInterval: 60_000 })
  const left = daysLeft(url, now)
  const over = url.status === 'expired'
  if (!over && (url.status !== 'active' || left === null || left > warnDays)) return null
  return (
    <Notice
      tone="warn"
      className="mb-4 max-sm:flex-wrap"
      action={
        mayRenew &&
        renewal && (
          <Button
            icon={<CalendarPlus />}
            pending={renew.pending}
            onClick={() => void renew.ask(renewal)}
            className="shrink-0 max-sm:w-full"
          >
            {t('action')}
          </Button>
        )
      }
    >
      <p className="font-strong">{over ? t('overTitle') : t('soonTitle', { days: left ?? 0 })}</p>
      <p>
        {over ? t('overBody') : t('soonBody')} {!mayRenew && t('ask')}
      </p>
    </Notice>
  )
}
