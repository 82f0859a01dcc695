import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { currentGuest } from '../lib/guest.ts'
import { countWaiting } from '../lib/outbox/outbox.ts'
import { mayBeSignedIn } from '../lib/refresh.ts'
import { lastSignedIn } from '../lib/session.tsx'

interface OfflinePageProps {
  onRetry: () => void
  /** The rail is around it. */
  inFrame?: boolean | undefined
}

/** The app is here and the studio is not: nothing to be afraid of, and it goes on by itself. */
export function OfflinePage({ onRetry, inFrame }: OfflinePageProps) {
  const t = useTranslations('web.app')
  const [waiting] = useState(countTheirs)
  const retry = useEffectEvent(onRetry)
  useEffect(() => {
    const again = () => retry()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [])
  const Frame = inFrame ? 'div' : 'main'
  return (
    <Frame className={inFrame ? undefined : 'flex min-h-dvh items-center justify-center'}>
      <EmptyState
        heading="h1"
        scene="door"
        title={t('offlineTitle')}
        body={waiting > 0 ? `${t('offlineBody')} ${t('offlineWaiting', { count: waiting })}` : t('offlineBody')}
        action={<Button onClick={onRetry}>{t('retry')}</Button>}
      />
    </Frame>
  )
}

/** How much of whoever looks at the page waits; what others have left on the device is not theirs to know of. */
function countTheirs(): number {
  const person = currentGuest() ?? (mayBeSignedIn() ? lastSignedIn() : null)
  return person === null ? 0 : countWaiting(person)
}
