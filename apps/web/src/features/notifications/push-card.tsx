import type { pushSubscriptionView } from '@sparkle/shared/notifications'
import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { z } from 'zod'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { deviceOf } from '../../lib/device.ts'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { PushRefused, pushQuery, type PushState, useTurnPushOff, useTurnPushOn } from './push-api.ts'

/** Notifications of browsers, also while the studio is closed. The browser has the last word, so it is explained. */
export function PushCard({ pushKey }: { pushKey: string | null }) {
  const t = useTranslations('notifications.push')
  const push = useQuery(pushQuery)
  return (
    <Card title={t('title')}>
      <p className="-mt-2 mb-4 text-muted">{t('hint')}</p>
      {push.isLoadingError && <ErrorState error={push.error} onRetry={() => void push.refetch()} />}
      {push.isPending && <SkeletonList rows={1} />}
      {push.data && (
        <div className="flex flex-col gap-4">
          <ThisBrowser pushKey={pushKey} state={push.data.state} />
          <Devices devices={push.data.devices} hereId={push.data.hereId} />
        </div>
      )}
    </Card>
  )
}

function ThisBrowser({ pushKey, state }: { pushKey: string | null; state: PushState }) {
  const t = useTranslations('notifications.push')
  const textOf = useProblemText()
  const turnOn = useTurnPushOn()
  if (!pushKey) return <Notice tone="neutral">{t('notSetUp')}</Notice>
  if (state === 'unsupported') return <Notice tone="neutral">{t('unsupported')}</Notice>
  if (state === 'denied') return <Notice tone="warn">{t('denied')}</Notice>
  if (state === 'on') return null
  const refused = turnOn.error instanceof PushRefused
  return (
    <>
      {turnOn.isError && <Notice tone="warn">{refused ? t('refused') : textOf(turnOn.error)}</Notice>}
      <Button
        className="self-start"
        icon={<Bell />}
        pending={turnOn.isPending}
        onClick={() => turnOn.mutate(pushKey, { onSuccess: () => notify(t('turnedOn')) })}
      >
        {t('turnOn')}
      </Button>
    </>
  )
}

interface DevicesProps {
  devices: readonly z.infer<typeof pushSubscriptionView>[]
  hereId: string | null
}

function Devices({ devices, hereId }: DevicesProps) {
  const t = useTranslations('notifications.push')
  const names = useTranslations('profile.sessions')
  const formats = useFormats()
  const turnOff = useTurnPushOff()
  if (devices.length === 0) return null
  const nameOf = (agent: string) => {
    const { browser, system } = deviceOf(agent)
    return browser ? names('device', { browser, system: system ?? names('unknownDevice') }) : names('unknownDevice')
  }
  return (
    <ul aria-label={t('devices')} className="divide-y divide-line border-y border-line">
      {devices.map(({ id, device, createdAt }) => (
        <li key={id} className="flex items-center gap-3 py-2.5">
          <div className="min-w-0 grow">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-strong">
              {nameOf(device)}
              {id === hereId && <StatusPill tone="ok">{names('current')}</StatusPill>}
            </p>
            <p className="text-small text-muted">{t('since', { date: formats.date(createdAt) })}</p>
          </div>
          <Button
            size="small"
            aria-label={t('turnOffNamed', { device: nameOf(device) })}
            pending={turnOff.isPending && turnOff.variables.id === id}
            onClick={() => turnOff.mutate({ id, here: id === hereId }, { onSuccess: () => notify(t('turnedOff')) })}
          >
            {t('turnOff')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
