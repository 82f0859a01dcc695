import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function DashboardPage() {
  const t = useTranslations('web')
  return (
    <>
      <PageHeader title={t('nav.dashboard')} />
      <EmptyState scene="spark" title={t('empty.dashboard.title')} body={t('empty.dashboard.body')} />
    </>
  )
}
