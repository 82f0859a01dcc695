import type { Role } from '@sparkle/shared/permissions'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useCan } from '../../lib/session.tsx'
import { ChoiceMatrix } from './choice-matrix.tsx'
import { DigestCard } from './digest-card.tsx'
import { FailedDeliveries } from './failed-deliveries.tsx'
import { PhoneCard } from './phone-card.tsx'
import { preferencesQuery } from './preferences-api.ts'
import { PushCard } from './push-card.tsx'
import { QuietHoursCard } from './quiet-hours-card.tsx'

/** How somebody hears of things in this studio. Everything acts at once. */
export function NotificationSettings({ role }: { role: Role }) {
  const t = useTranslations('notifications')
  const preferences = useQuery(preferencesQuery)
  const seesFailures = useCan('users:update')
  if (preferences.isPending) return <SkeletonList rows={3} className="h-40" />
  if (preferences.isLoadingError)
    return <ErrorState error={preferences.error} onRetry={() => void preferences.refetch()} />
  const { data } = preferences
  return (
    <div className="flex flex-col gap-4">
      {data.troubles.map(({ channel, failure }) => (
        <Notice key={channel} tone="warn">
          {t('trouble', { channel: t(`channel.${channel}`), failure })}
        </Notice>
      ))}
      <ChoiceMatrix choices={data.choices} role={role} />
      <QuietHoursCard preferences={data} />
      <DigestCard digest={data.digest} timeZone={data.timeZone} />
      <PushCard pushKey={data.pushKey} />
      <PhoneCard phone={data.phone} />
      {seesFailures && <FailedDeliveries />}
    </div>
  )
}
