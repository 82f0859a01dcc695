import type { BuildView, TemplateView } from '@sparkle/shared/builds'
import type { ProjectView } from '@sparkle/shared/projects'
import type { ApprovalView } from '@sparkle/shared/reviews'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { AddressCard } from './address-card.tsx'
import { urlQueries } from './api.ts'
import { Deployments } from './deployments.tsx'
import { Analytics } from './figures/analytics.tsx'
import { ReserveForm } from './reserve-form.tsx'

interface AddressTabProps {
  project: ProjectView
  /** All builds that were loaded, newest first. */
  builds: readonly BuildView[]
  /** Name the games, their worlds and features. */
  templates: readonly TemplateView[]
  /** The games' host without its scheme. */
  host: string
  /** What a deploy is decided on; null until it is known. */
  approval: ApprovalView | null
  /** Opens the dialog at once: the page's "Deploy" leads here. */
  deployNow: boolean
  onDeployed: () => void
}

/** Where the game lives: reserve, deploy, and how people play it. */
export function AddressTab({ project, builds, templates, host, approval, deployNow, onDeployed }: AddressTabProps) {
  const t = useTranslations('urls')
  const list = useInfiniteQuery(urlQueries.list({ projectId: project.id }))
  const mayReserve = useCan('urls:create', placeOf(project)) && !project.deletedAt
  const maySeeFigures = useCan('analytics:read', placeOf(project))
  const [deploying, setDeploying] = useState<string>()
  if (list.isPending) return <SkeletonList rows={4} className="h-24" />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const urls = list.data.pages.flatMap(({ items }) => items)
  const passed = builds.filter(({ status }) => status === 'passed')

  if (urls.length === 0) {
    return mayReserve ? (
      <div className="max-w-180">
        <ReserveForm projectId={project.id} host={host} petName={project.petName} />
      </div>
    ) : (
      <EmptyState scene="flag" title={t('empty.title')} body={t('empty.ask')} />
    )
  }
  return (
    <div className="grid gap-5">
      {urls.map((url, index) => (
        <div key={url.id} className="grid gap-5">
          <AddressCard
            url={url}
            project={project}
            builds={passed}
            templates={templates}
            approval={approval}
            deployOpen={deploying === url.id || (deployNow && index === 0)}
            onDeployOpenChange={(open) => {
              setDeploying(open ? url.id : undefined)
              if (!open) onDeployed()
            }}
          />
          {url.deployedAt && maySeeFigures && <Analytics url={url} />}
          {url.deployedAt && <Deployments urlId={url.id} builds={builds} />}
        </div>
      ))}
    </div>
  )
}
