import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'

export function ProjectsPage() {
  const t = useTranslations('web')
  return (
    <>
      <PageHeader title={t('nav.projects')} />
      <EmptyState scene="box" title={t('empty.projects.title')} body={t('empty.projects.body')} />
    </>
  )
}
