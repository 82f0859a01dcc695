import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { useQuery } from '@tanstack/react-query'
import { Link, useOutletContext, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { reviewQueries } from '../../features/reviews/api.ts'
import { ReviewScreen } from '../../features/reviews/review-screen.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { isProblem } from '../../lib/problem.ts'

/** One version as a guest sees it: the same screen as everybody's, with what the link's scope has. */
export function GuestReviewPage() {
  const t = useTranslations('reviews.screen')
  const guest = useTranslations('sharing.guest')
  const { token = '', versionId = '' } = useParams()
  const { petName } = useOutletContext<GuestSessionView>()
  const version = useQuery(reviewQueries.detail(versionId))
  const { data } = version
  useDocumentTitle(data ? t('title', { number: data.number, pet: data.petName }) : '')
  if (isProblem(version.error) && (version.error.status === 404 || version.error.status === 422))
    return (
      <EmptyState
        heading="h1"
        scene="search"
        title={t('gone')}
        body={t('goneBody')}
        action={
          <Button asChild>
            <Link to={`/r/${token}`}>{guest('versions', { pet: petName })}</Link>
          </Button>
        }
      />
    )
  if (version.isPending) return <Skeleton className="h-[70dvh]" />
  if (!data) return <ErrorState error={version.error} onRetry={() => void version.refetch()} />
  return <ReviewScreen key={data.id} version={data} client backTo={`/r/${token}`} />
}
