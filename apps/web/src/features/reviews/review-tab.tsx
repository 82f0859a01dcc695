import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { reviewQueries } from './api.ts'
import { ApprovalCard } from './approval-card.tsx'
import { DownloadEverything } from './download-button.tsx'
import { NewVersionDialog } from './new-version-dialog.tsx'
import type { Sendable } from './sendable.ts'
import { VersionCard } from './version-card.tsx'

interface ReviewTabProps {
  project: ProjectView
  /** What of the project can be sent, newest first: passed builds, ready pictures, documents. */
  things: readonly Sendable[]
}

/** What the customer was sent, what they said to it, and what comes next. */
export function ReviewTab({ project, things }: ReviewTabProps) {
  const t = useTranslations('reviews.tab')
  const place = placeOf(project)
  const mayWork = useCan('projects:update', place) && !project.deletedAt
  const mayApprove = useCan('reviews:approve', place)
  const maySeeRule = useCan('urls:read', place)
  const list = useInfiniteQuery(reviewQueries.ofProject(project.id))
  const approval = useQuery({ ...reviewQueries.approval(project.id), enabled: maySeeRule })
  const [making, setMaking] = useState(false)
  if (list.isPending) return <SkeletonList rows={3} className="h-36" />
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const versions = list.data.pages.flatMap(({ items }) => items)
  const add = mayWork && things.length > 0 && (
    <Button look={versions.length === 0 ? 'primary' : 'secondary'} icon={<Plus />} onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  )
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_320px]">
      <section aria-label={t('versions')} className="min-w-0">
        {versions.length === 0 ? (
          <EmptyState
            scene="box"
            title={t('emptyTitle')}
            body={things.length > 0 ? t('emptyBody') : t('emptyNoBuild')}
            action={add}
          />
        ) : (
          <>
            <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
              <h2 className="grow text-large font-strong">{t('versions')}</h2>
              <DownloadEverything projectId={project.id} />
              {add}
            </div>
            <ul className="grid gap-4">
              {versions.map((version) => (
                <VersionCard key={version.id} version={version} project={project} />
              ))}
            </ul>
            <LoadMore {...list} />
          </>
        )}
      </section>
      {approval.data && (
        <ApprovalCard projectId={project.id} approval={approval.data} mayChange={mayWork && mayApprove} />
      )}
      {approval.isLoadingError && <ErrorState error={approval.error} onRetry={() => void approval.refetch()} />}
      {making && <NewVersionDialog projectId={project.id} things={things} onClose={() => setMaking(false)} />}
    </div>
  )
}
