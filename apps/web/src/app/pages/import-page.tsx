import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { PageHeader } from '../../components/page-header.tsx'
import { ImportFlow } from '../../features/imports/import-flow.tsx'

export function ImportPage() {
  const t = useTranslations('projects.import')
  const navigate = useNavigate()
  return (
    <>
      <PageHeader title={t('title')} />
      <ImportFlow onShow={() => void navigate('/projects?view=table')} />
    </>
  )
}
