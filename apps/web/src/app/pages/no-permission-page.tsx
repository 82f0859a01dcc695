import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'

export function NoPermissionPage() {
  const t = useTranslations('web.forbidden')
  useDocumentTitle(t('title'))
  return (
    <EmptyState
      heading="h1"
      scene="door"
      title={t('title')}
      body={t('body')}
      action={
        <Button asChild>
          <Link to="/">{t('home')}</Link>
        </Button>
      }
    />
  )
}
