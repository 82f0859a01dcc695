import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function SettingsPage() {
  const t = useTranslations('web')
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <EmptyState scene="search" title={t('empty.settings.title')} body={t('empty.settings.body')} />
    </>
  )
}
