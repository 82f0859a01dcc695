import type { SessionView } from '@sparkle/shared/auth'
import { useQuery } from '@tanstack/react-query'
import { Monitor, Smartphone, SquareTerminal } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats, useRelative } from '../../lib/format.ts'
import { sessionsQuery, useEndSessions } from './api.ts'
import { deviceOf } from '../../lib/device.ts'

/** Where somebody is signed in, this device first; every other one can be ended. */
export function SessionList() {
  const t = useTranslations('profile.sessions')
  const confirm = useConfirm()
  const sessions = useQuery(sessionsQuery)
  const end = useEndSessions()
  if (sessions.isPending) return <SkeletonList rows={3} className="h-16" />
  if (sessions.isLoadingError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
  const all = sessions.data.items.toSorted((a, b) => Number(b.current) - Number(a.current))
  const others = all.filter(({ current }) => !current).map(({ id }) => id)
  const endOthers = async () => {
    const sure = await confirm({
      title: t('endOthersTitle'),
      body: t('endOthersBody', { count: others.length }),
      confirmLabel: t('endOthers'),
      danger: true,
    })
    if (sure) end.mutate(others, { onSuccess: () => notify(t('endedOthers')) })
  }
  return (
    <Card
      flush
      title={t('title')}
      action={
        others.length > 1 && (
          <Button size="small" onClick={() => void endOthers()}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      <p className="px-4 pt-3 text-muted">{t('hint')}</p>
      <ul>
        {all.map((session) => (
          <Session
            key={session.id}
            session={session}
            onEnd={() => end.mutate([session.id], { onSuccess: () => notify(t('ended')) })}
          />
        ))}
      </ul>
      {others.length === 0 && <p className="px-4 pb-4 text-muted">{t('onlyThis')}</p>}
    </Card>
  )
}

const icons = { phone: Smartphone, computer: Monitor, script: SquareTerminal }

function Session({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const t = useTranslations('profile.sessions')
  const formats = useFormats()
  const used = useRelative(session.lastUsedAt)
  const device = deviceOf(session.userAgent)
  const Icon = icons[device.kind]
  const { browser, system } = device
  const name = browser
    ? t('device', { browser, system: system ?? t('unknownDevice') })
    : session.userAgent
      ? t('script')
      : t('unknownDevice')
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-3 last:border-b-0">
      <Icon aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-strong" title={session.userAgent}>
          {name}
          {session.current && <StatusPill tone="ok">{t('current')}</StatusPill>}
        </p>
        <p className="text-small text-muted">
          {t('lastUsed', { when: used })} {t('address', { address: session.address })}
        </p>
        <p className="text-small text-muted">{t('since', { date: formats.dateTime(session.createdAt) })}</p>
      </div>
      {!session.current && (
        <Button size="small" aria-label={t('endNamed', { device: name })} onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  )
}
