import { useNavigate, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { PageHeader } from '../../components/page-header.tsx'
import { ImportFlow } from '../../features/imports/import-flow.tsx'

export function ImportPage() {
  const t = useTranslations('projects.import')
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  return (
    <>
      <PageHeader title={t('title')} />
      <ImportFlow
        id={params.get('import')}
        onBegun={(id) => setParams({ import: id })}
        onRestart={() => setParams({})}
        onShow={() => void navigate('/projects?view=table')}
      />
    </>
  )
}
