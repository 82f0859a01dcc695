import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StudioAssets } from '../../features/assets/studio-assets.tsx'

export function AssetsPage() {
  const t = useTranslations('assets')
  return (
    <>
      <PageHeader title={t('title')} />
      <StudioAssets
        emptyAction={
          <Button asChild>
            <Link to="/projects">{t('studio.emptyAction')}</Link>
          </Button>
        }
      />
    </>
  )
}
