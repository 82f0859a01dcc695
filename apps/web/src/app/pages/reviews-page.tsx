import { versionStatuses, type VersionStatus } from '@sparkle/shared/reviews'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { reviewQueries } from '../../features/reviews/api.ts'
import { VersionTable } from '../../features/reviews/version-table.tsx'

/** Replaced versions are of no use to somebody who asks how the reviews stand. */
const shown = ['waiting', 'changes_requested', 'approved', 'draft'] as const satisfies readonly VersionStatus[]

/** How the reviews of all projects stand: first what waits for a customer. */
export function ReviewsPage() {
  const t = useTranslations('reviews')
  const [search, setSearch] = useSearchParams()
  const status = versionStatuses.find((one) => one === search.get('status')) ?? 'waiting'
  return (
    <>
      <PageHeader title={t('list.title')} description={t('list.body')} />
      <div className="mb-4 overflow-x-auto">
        <SegmentedControl
          label={t('list.filter')}
          value={status}
          onValueChange={(value) => setSearch(value === 'waiting' ? {} : { status: value }, { replace: true })}
          options={shown.map((value) => ({ value, label: t(`list.status.${value}`) }))}
        />
      </div>
      <Card flush>
        <List status={status} />
      </Card>
    </>
  )
}

function List({ status }: { status: VersionStatus }) {
  const t = useTranslations('reviews.list')
  const list = useInfiniteQuery(reviewQueries.list(status))
  if (list.isPending)
    return (
      <div className="p-4">
        <SkeletonList rows={5} />
      </div>
    )
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const versions = list.data.pages.flatMap(({ items }) => items)
  if (versions.length === 0)
    return (
      <EmptyState
        scene={status === 'waiting' ? 'spark' : 'search'}
        title={status === 'waiting' ? t('emptyTitle') : t('noneTitle')}
        body={status === 'waiting' ? t('emptyBody') : t('noneBody')}
      />
    )
  return <VersionTable versions={versions} footer={<LoadMore {...list} />} />
}
