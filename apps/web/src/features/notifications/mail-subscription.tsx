import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router-dom'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { isProblem } from '../../lib/problem.ts'
import { mailSubscriptionQuery, useSetSubscription } from './preferences-api.ts'
import { useKindLabel } from './use-kind-label.ts'

/** Asks before it stops a kind of mail, since programs that look at mails open every link in them. */
export function MailSubscription({ token }: { token: string }) {
  const t = useTranslations('notifications.unsubscribe')
  const labelOf = useKindLabel()
  const formatter = useFormatter()
  const subscription = useQuery(mailSubscriptionQuery(token))
  const set = useSetSubscription(token)
  if (subscription.isPending) return <SkeletonList rows={1} className="h-40" />
  if (subscription.isLoadingError) {
    const broken = isProblem(subscription.error) && [404, 422].includes(subscription.error.status)
    return broken ? (
      <EmptyState
        heading="h1"
        scene="door"
        title={t('broken')}
        body={t('brokenBody')}
        action={
          <Button asChild look="primary">
            <Link to="/settings/notifications">{t('signIn')}</Link>
          </Button>
        }
      />
    ) : (
      <ErrorState error={subscription.error} onRetry={() => void subscription.refetch()} />
    )
  }
  const { kinds, studioName: studio, subscribed } = subscription.data
  const what = formatter.list(kinds.map(labelOf), { type: 'unit' })
  return (
    <EmptyState
      heading="h1"
      scene={subscribed ? 'flag' : 'spark'}
      title={t(subscribed ? 'title' : 'done')}
      body={t(subscribed ? 'body' : 'doneBody', { what, studio })}
      action={
        <Button
          look={subscribed ? 'primary' : 'secondary'}
          size="large"
          pending={set.isPending}
          onClick={() => set.mutate(!subscribed)}
        >
          {t(subscribed ? 'stop' : 'undo')}
        </Button>
      }
    />
  )
}
