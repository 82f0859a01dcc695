import { useEffect, useEffectEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'

/** The app is here and the studio is not: nothing to be afraid of, and it goes on by itself. */
export function OfflinePage({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('web.app')
  const retry = useEffectEvent(onRetry)
  useEffect(() => {
    const again = () => retry()
    window.addEventListener('online', again)
    return () => window.removeEventListener('online', again)
  }, [])
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        heading="h1"
        scene="door"
        title={t('offlineTitle')}
        body={t('offlineBody')}
        action={<Button onClick={onRetry}>{t('retry')}</Button>}
      />
    </main>
  )
}
