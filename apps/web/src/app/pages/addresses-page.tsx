import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function AddressesPage() {
  const t = useTranslations('web')
  return (
    <>
      <PageHeader title={t('nav.addresses')} />
      <EmptyState scene="flag" title={t('empty.addresses.title')} body={t('empty.addresses.body')} />
    </>
  )
}
