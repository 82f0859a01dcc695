import { urlStatuses } from '@sparkle/shared/urls'
import { Link, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { UrlTable } from '../../features/urls/url-table.tsx'

export function AddressesPage() {
  const t = useTranslations('urls')
  const [search, setSearch] = useSearchParams()
  const status = urlStatuses.find((one) => one === search.get('status'))
  return (
    <>
      <PageHeader title={t('title')} />
      <UrlTable
        status={status}
        onStatusChange={(next) => setSearch(next ? { status: next } : {}, { replace: true })}
        emptyAction={
          <Button asChild>
            <Link to="/projects">{t('empty.action')}</Link>
          </Button>
        }
      />
    </>
  )
}
