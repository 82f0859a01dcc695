import type { DeliveryView } from '@sparkle/shared/notifications'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { notify } from '../../components/toast.tsx'
import { failedDeliveriesQuery, useRetryDelivery } from './preferences-api.ts'
import { useKindLabel } from './use-kind-label.ts'

/** For admins: messages of the studio that were given up. Not there while there is none. */
export function FailedDeliveries() {
  const t = useTranslations('notifications.failed')
  const { data } = useQuery(failedDeliveriesQuery)
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('title')} flush>
      <p className="border-b border-line px-4 py-3 text-muted">{t('hint')}</p>
      <ul className="divide-y divide-line">
        {data.items.map((delivery) => (
          <Failed key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </Card>
  )
}

function Failed({ delivery }: { delivery: DeliveryView }) {
  const t = useTranslations('notifications')
  const labelOf = useKindLabel()
  const retry = useRetryDelivery()
  const { id, recipient, channel, kind, failure, createdAt } = delivery
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <div className="min-w-0 grow basis-60">
        <p className="font-strong">{recipient.name || t('failed.outside')}</p>
        <p className="text-small text-muted">
          {t(`channel.${channel}`)} · {labelOf(kind)} · <RelativeTime at={createdAt} />
        </p>
        {failure && <p className="text-small wrap-anywhere text-bad">{failure}</p>}
      </div>
      {kind !== 'sign_in' && (
        <Button
          size="small"
          pending={retry.isPending}
          onClick={() => retry.mutate(id, { onSuccess: () => notify(t('failed.again')) })}
        >
          {t('failed.retry')}
        </Button>
      )}
    </li>
  )
}
