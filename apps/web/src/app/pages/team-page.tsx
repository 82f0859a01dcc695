import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function TeamPage() {
  const t = useTranslations('web')
  return (
    <>
      <PageHeader title={t('nav.team')} />
      <EmptyState scene="hearts" title={t('empty.team.title')} body={t('empty.team.body')} />
    </>
  )
}
