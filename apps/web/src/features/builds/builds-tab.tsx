import type { BuildView } from '@sparkle/shared/builds'
import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { Skeleton, SkeletonList } from '../../components/skeleton.tsx'
import { useLiveEvent } from '../../lib/live.tsx'
import { notify } from '../../components/toast.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { buildQueries, slotAssetsQuery, templatesQuery } from './api.ts'
import { BuildForm } from './build-form.tsx'
import { BuildList } from './build-list.tsx'
import { OwnGameUpload } from './own-game-upload.tsx'
import { PhoneFrame } from './phone-frame.tsx'
import { PreviewLink } from './preview-link.tsx'

interface BuildsTabProps {
  project: ProjectView
  /** Builds that people are playing now. */
  liveBuildIds: readonly string[]
  /** Leads to where a sprite is made; shown where the game lacks its pet. */
  makeSprite: ReactNode
}

/** Settings at the left, the running game at the right, what was built below. */
export function BuildsTab({ project, liveBuildIds, makeSprite }: BuildsTabProps) {
  const t = useTranslations('builds')
  const allowed = useCan('builds:create', placeOf(project)) && !project.deletedAt
  const templates = useQuery(templatesQuery)
  const assets = useQuery(slotAssetsQuery(project.id))
  const list = useInfiniteQuery(buildQueries.list(project.id))
  const [chosen, setChosen] = useState<string>()
  useBuildNews(project.id)

  const failed = [templates, assets, list].find(({ isLoadingError }) => isLoadingError)
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
  if (!templates.data || !assets.data || !list.data) return <BuildsSkeleton />
  const builds = list.data.pages.flatMap(({ items }) => items)
  const shown = builds.find(({ id, previewUrl }) => id === chosen && previewUrl) ?? builds.find(isPlayable)

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
      <div className="grid min-w-0 gap-6">
        {allowed && !project.deletedAt && (
          <BuildForm
            project={project}
            templates={templates.data}
            assets={assets.data}
            makeSprite={makeSprite}
            onQueued={() => setChosen(undefined)}
          />
        )}
        {allowed && !project.deletedAt && (
          <OwnGameUpload projectId={project.id} onUploaded={({ id }) => setChosen(id)} />
        )}
        <Card flush title={t('list')} action={<span className="text-muted tabular-nums">{builds.length || ''}</span>}>
          {builds.length === 0 ? (
            <p className="px-4 py-3 text-muted">{t('none')}</p>
          ) : (
            <BuildList
              builds={builds}
              shown={shown?.id}
              onShow={({ id }) => setChosen(id)}
              liveBuildIds={liveBuildIds}
              templates={templates.data}
            />
          )}
          <LoadMore {...list} />
        </Card>
      </div>
      <aside aria-label={t('preview.label')} className="lg:sticky lg:top-20">
        <PhoneFrame
          url={shown?.previewUrl ?? null}
          title={t('preview.title', { name: project.petName })}
          hint={t('preview.empty')}
        />
        {shown && (
          <>
            <p className="mt-1 text-center text-small text-muted">{t('number', { number: shown.number })}</p>
            <PreviewLink build={shown} mayRevoke={allowed} />
          </>
        )}
      </aside>
    </div>
  )
}

function isPlayable(build: BuildView): boolean {
  return build.status === 'passed' && build.previewUrl !== null
}

/** Says aloud how a build of this project ended. */
function useBuildNews(projectId: string): void {
  const t = useTranslations('builds.news')
  useLiveEvent((event) => {
    if (!('seq' in event) || event.projectId !== projectId) return
    if (event.type === 'build:passed') notify(t('passed'))
    if (event.type === 'build:failed') notify(t('failed'), { tone: 'bad' })
  })
}

function BuildsSkeleton() {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
      <SkeletonList rows={6} className="h-16" />
      <Skeleton className="mx-auto h-140 w-full max-w-80" />
    </div>
  )
}
