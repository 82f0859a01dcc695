import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { studioAssetsQuery } from '../../features/assets/api.ts'
import { templatesQuery } from '../../features/builds/api.ts'
import { PetChoice } from '../../features/builds/pet-choice.tsx'
import { TemplateCard } from '../../features/builds/template-card.tsx'
import { useCan } from '../../lib/session.tsx'

/** The games a studio can make, each playing itself with a pet of the studio's: what one shows a customer. */
export function GamesPage() {
  const t = useTranslations('builds.shelf')
  const mayStart = useCan('projects:create')
  const [search, setSearch] = useSearchParams()
  const templates = useQuery(templatesQuery)
  const sprites = useInfiniteQuery(studioAssetsQuery({ assetType: 'sprite', processingStatus: 'ready' }))
  if (templates.isPending || sprites.isPending) return <Shelf loading />
  if (templates.isError) return <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
  const pets = (sprites.data?.pages[0]?.items ?? []).slice(0, 12)
  const pet = pets.find(({ id }) => id === search.get('pet')) ?? pets[0]
  return (
    <>
      <PageHeader title={t('title')} description={t('body')} />
      {pets.length > 1 && pet && (
        <PetChoice pets={pets} value={pet.id} onValueChange={(id) => setSearch({ pet: id }, { replace: true })} />
      )}
      {pets.length === 0 && (
        <EmptyState
          scene="spark"
          title={t('noPetTitle')}
          body={t('noPetBody')}
          action={
            mayStart && (
              <Button asChild look="primary">
                <Link to="/projects">{t('toProjects')}</Link>
              </Button>
            )
          }
        />
      )}
      <Shelf>
        {templates.data.map((template) => (
          <TemplateCard key={template.id} template={template} sprite={pet} />
        ))}
      </Shelf>
    </>
  )
}

function Shelf({ loading, children }: { loading?: boolean; children?: React.ReactNode }) {
  return (
    <ul className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
      {loading ? [1, 2, 3].map((key) => <Skeleton key={key} className="h-120" />) : children}
    </ul>
  )
}
