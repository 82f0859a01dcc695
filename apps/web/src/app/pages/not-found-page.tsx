import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'

export function NotFoundPage() {
  const t = useTranslations('web.notFound')
  useDocumentTitle(t('title'))
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        heading="h1"
        scene="search"
        title={t('title')}
        body={t('body')}
        action={
          <Button asChild look="primary">
            <Link to="/">{t('home')}</Link>
          </Button>
        }
      />
    </main>
  )
}
