import { useRouteError } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { OfflinePage } from '../offline-page.tsx'

/** A page threw, or its code is gone because a new version was deployed, or cannot come without a network. `inFrame` keeps the rail around it. */
export function CrashPage({ inFrame }: { inFrame?: boolean }) {
  const t = useTranslations('web.crash')
  const error = useRouteError()
  if (isMissingChunk(error) && !navigator.onLine)
    return <OfflinePage inFrame={inFrame} onRetry={() => window.location.reload()} />
  const Frame = inFrame ? 'div' : 'main'
  return (
    <Frame role="alert" className={inFrame ? undefined : 'flex min-h-dvh items-center justify-center'}>
      <EmptyState
        heading="h1"
        scene="storm"
        title={t('title')}
        body={isMissingChunk(error) ? t('update') : t('body')}
        action={<Button onClick={() => window.location.reload()}>{t('reload')}</Button>}
      />
    </Frame>
  )
}

/** The browsers' words for an import that found no file. */
function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|importing a module script failed/i.test(error.message)
}
