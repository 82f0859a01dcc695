import { organizationStatuses } from '@sparkle/shared/organizations'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue } from 'react'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { Input } from '../../components/input.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { platformStudiosQuery, type StudioFilter } from '../../features/platform/api.ts'
import { FoundStudioButton } from '../../features/platform/found-studio.tsx'
import { StudioTable } from '../../features/platform/studio-table.tsx'

/** `/platform`: all studios of the installation, for the people who run it. They work in no studio, so it has no rail. */
export function PlatformPage() {
  const t = useTranslations('platform')
  const [search, setSearch] = useSearchParams()
  const status = organizationStatuses.find((one) => one === search.get('status')) ?? ''
  const q = search.get('q') ?? ''
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={<FoundStudioButton />} />
      <div className="mb-4 flex flex-wrap gap-2">
        <SegmentedControl
          label={t('show')}
          value={status || 'all'}
          onValueChange={(value) => set('status', value === 'all' ? '' : value)}
          options={(['all', ...organizationStatuses] as const).map((value) => ({ value, label: t(`status.${value}`) }))}
        />
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          icon={<Search />}
          value={q}
          maxLength={80}
          onChange={(event) => set('q', event.target.value)}
          className="min-w-0 grow sm:max-w-72"
        />
      </div>
      <Card flush>
        <List q={useDeferredValue(q.trim())} status={status} />
      </Card>
    </>
  )
}

function List(filter: StudioFilter) {
  const t = useTranslations('platform')
  const list = useInfiniteQuery({ ...platformStudiosQuery(filter), placeholderData: keepPreviousData })
  if (list.isPending) {
    return (
      <div className="p-4">
        <SkeletonList rows={5} />
      </div>
    )
  }
  if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  const studios = list.data.pages.flatMap(({ items }) => items)
  if (studios.length === 0) return <EmptyState scene="search" title={t('noneTitle')} body={t('noneBody')} />
  return <StudioTable studios={studios} footer={<LoadMore {...list} />} />
}
