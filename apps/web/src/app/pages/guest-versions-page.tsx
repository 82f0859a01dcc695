import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { Link, useOutletContext } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { reviewQueries } from '../../features/reviews/api.ts'
import { DownloadEverything } from '../../features/reviews/download-button.tsx'
import { VersionStatusPill } from '../../features/reviews/version-status.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { useReviewPath } from '../../lib/review-paths.tsx'

/** What a guest finds behind the door: of each thing the version to look at, the others after it. */
export function GuestVersionsPage() {
  const t = useTranslations('sharing.guest')
  const reviews = useTranslations('reviews')
  const pathOf = useReviewPath()
  const { projectId, petName, studioName, name, mayDownload } = useOutletContext<GuestSessionView>()
  const list = useInfiniteQuery(reviewQueries.ofProject(projectId))
  useDocumentTitle(t('versions', { pet: petName }))
  const versions = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <div className="mx-auto w-full max-w-200 px-4 pt-6 pb-16 sm:px-6">
      <PageHeader
        title={t('versions', { pet: petName })}
        description={t('versionsBody', { name })}
        actions={mayDownload && <DownloadEverything projectId={projectId} size="large" />}
      />
      {list.isPending && <SkeletonList rows={2} className="h-28" />}
      {list.isLoadingError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && versions.length === 0 && (
        <EmptyState scene="box" title={t('empty')} body={t('emptyBody', { studio: studioName })} />
      )}
      <ul className="grid gap-4">
        {versions.map(({ id, number, kind, deliverableName, changelog, status, lookAt }) => (
          <li key={id}>
            <Card>
              <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
                <div className="min-w-50 grow basis-0">
                  <h2 className="font-strong">
                    {reviews('what', { kind, name: deliverableName ?? 'none' })} · {t('version', { number })}
                  </h2>
                  {changelog && <p className="mt-1 line-clamp-3 whitespace-pre-line text-muted">{changelog}</p>}
                  <p className="mt-2">
                    <VersionStatusPill status={status} client />
                  </p>
                </div>
                <Button
                  asChild
                  size="large"
                  look={lookAt?.versionId === id ? 'primary' : 'secondary'}
                  className="max-sm:w-full"
                >
                  <Link to={pathOf(id)}>
                    <Play aria-hidden="true" />
                    {t('look')}
                  </Link>
                </Button>
              </div>
            </Card>
          </li>
        ))}
      </ul>
      <LoadMore {...list} />
    </div>
  )
}
