import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function ActivityPage() {
  const t = useTranslations('web')
  return (
    <>
      <PageHeader title={t('nav.activity')} />
      <EmptyState scene="spark" title={t('empty.activity.title')} body={t('empty.activity.body')} />
    </>
  )
}
