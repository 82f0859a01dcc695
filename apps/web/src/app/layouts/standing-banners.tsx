import { LifeBuoy } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useLeaveStudio } from '../../features/platform/api.ts'
import { useFormats } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session.tsx'

/** What everybody has to see on every page: somebody of the platform is at work here, or the studio is being deleted. */
export function StandingBanners() {
  const { actingAs, readOnlyUntil } = useSession()
  return (
    <>
      {actingAs && <ActingBanner name={actingAs.organizationName} reason={actingAs.reason} until={actingAs.until} />}
      {readOnlyUntil && <DeletionBanner until={readOnlyUntil} />}
    </>
  )
}

function ActingBanner({ name, reason, until }: { name: string; reason: string; until: string }) {
  const t = useTranslations('platform.acting')
  const { dateTime } = useFormats()
  const leave = useLeaveStudio()
  return (
    <section
      aria-label={t('label')}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-ink px-4 py-2.5 text-canvas sm:px-6"
    >
      <LifeBuoy aria-hidden="true" className="size-5 shrink-0" />
      <p className="min-w-0 grow basis-60">
        <strong className="mr-1 font-strong">{t('title', { name })}</strong>
        <span>{t('body', { reason, until: dateTime(until) })}</span>
      </p>
      <Button pending={leave.isPending} onClick={() => leave.mutate()}>
        {t('leave')}
      </Button>
    </section>
  )
}

function DeletionBanner({ until }: { until: string }) {
  const t = useTranslations('settings.deletion')
  const { date } = useFormats()
  const mayKeep = useCan('studio:delete')
  return (
    <Notice
      tone="warn"
      className="rounded-none px-4 sm:px-6"
      action={
        mayKeep && (
          <Link to="/settings/studio" className="font-strong whitespace-nowrap underline">
            {t('takeBack')}
          </Link>
        )
      }
    >
      {t('banner', { date: date(until) })}
    </Notice>
  )
}
