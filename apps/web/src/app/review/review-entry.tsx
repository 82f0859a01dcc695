import type { VersionView } from '@sparkle/shared/reviews'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { reviewQueries } from '../../features/reviews/api.ts'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { isProblem } from '../../lib/problem.ts'
import { useReviewPath } from '../../lib/review-paths.tsx'
import { CompareRoom } from './compare-room.tsx'
import type { Reader } from './reader.ts'
import { ReviewRoom } from './review-room.tsx'

interface ReviewEntryProps {
  versionId: string
  /** Who reads; `backTo` is where they came from, which may depend on the project. */
  reader: Reader
  backTo: (projectId: string) => string
  /** Where there is no such version: the way on. */
  wayOn: ReactNode
}

/** One version, or two compared (`?compare=<id>`), for whoever may see them. */
export function ReviewEntry({ versionId, reader, backTo, wayOn }: ReviewEntryProps) {
  const t = useTranslations('reviews.screen')
  const [search] = useSearchParams()
  const otherId = search.get('compare') ?? ''
  const version = useQuery(reviewQueries.detail(versionId))
  const other = useQuery({ ...reviewQueries.detail(otherId), enabled: otherId !== '' })
  const { data } = version
  useDocumentTitle(data ? t('title', { number: data.number, kind: data.kind, pet: data.petName }) : '')
  const error = version.error ?? other.error
  if (isProblem(error) && (error.status === 404 || error.status === 422))
    return <EmptyState heading="h1" scene="search" title={t('gone')} body={t('goneBody')} action={wayOn} />
  if (version.isPending || (otherId !== '' && other.isPending)) return <Skeleton className="h-[70dvh]" />
  if (!data) return <ErrorState error={version.error} onRetry={() => void version.refetch()} />
  if (otherId === '') return <ReviewRoom key={data.id} version={data} reader={reader} backTo={backTo(data.projectId)} />
  if (!other.data) return <ErrorState error={other.error} onRetry={() => void other.refetch()} />
  if (!areAlike(data, other.data)) return <NotAlike version={data} />
  return <CompareRoom key={`${data.id} ${otherId}`} version={data} other={other.data} />
}

/** Two versions of the same thing that can be shown. */
function areAlike(one: VersionView, other: VersionView): boolean {
  return (
    one.id !== other.id && one.kind !== 'file' && one.kind === other.kind && one.deliverableId === other.deliverableId
  )
}

function NotAlike({ version: { id, number } }: { version: VersionView }) {
  const t = useTranslations('reviews')
  const pathOf = useReviewPath()
  return (
    <EmptyState
      heading="h1"
      scene="search"
      title={t('compare.unlike')}
      body={t('compare.unlikeBody')}
      action={
        <Button asChild>
          <Link to={pathOf(id)}>{t('screen.toNewest', { number })}</Link>
        </Button>
      }
    />
  )
}
