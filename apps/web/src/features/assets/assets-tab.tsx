import { assetTypes, type AssetType } from '@sparkle/shared/assets'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { useRoom } from '../../lib/live.tsx'
import { useCan } from '../../lib/session.tsx'
import { assetQueries } from './api.ts'
import { AssetGrid } from './asset-grid.tsx'
import { LoadingCards } from './loading-cards.tsx'
import { AssetUploads } from './asset-uploads.tsx'

const parameter = 'type'
const everything = 'all'
const filters = [everything, 'photo', 'sprite', 'background', 'sound', 'config'] as const

interface AssetsTabProps {
  projectId: string
  /** Leave it out to show all kinds with a filter; the tab "sprites" names its one. */
  only?: AssetType
  /** `false` where the person may look but not change, such as an artist at somebody else's project. */
  mayChange?: boolean
  /** Other ways to add something, beside the uploads. */
  moreToAdd?: ReactNode
}

/** All pictures of a project: add, watch them being checked, and turn photos into sprites. */
export function AssetsTab({ projectId, only, mayChange = true, moreToAdd }: AssetsTabProps) {
  const t = useTranslations('assets')
  const [search, setSearch] = useSearchParams()
  const mayAdd = useCan('assets:create') && mayChange
  const wanted = assetTypes.find((type) => type === search.get(parameter))
  const type = only ?? wanted
  const list = useInfiniteQuery(assetQueries.list(projectId, type))
  useRoom(`project:${projectId}`)

  const show = (next: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (next === everything) after.delete(parameter)
        else after.set(parameter, next)
        return after
      },
      { replace: true },
    )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="flex flex-col gap-5">
      {mayAdd && only !== 'sprite' && <AssetUploads projectId={projectId} beside={moreToAdd} />}
      {mayAdd && only === 'sprite' && moreToAdd && <div className="flex justify-end">{moreToAdd}</div>}
      {!only && (
        <SegmentedControl
          label={t('filter')}
          value={wanted ?? everything}
          onValueChange={show}
          options={filters.map((value) => ({
            value,
            label: value === everything ? t('all') : t(`types.${value}`),
          }))}
          className="max-w-full self-start overflow-x-auto *:shrink-0"
        />
      )}
      {list.isPending && <LoadingCards />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState
          scene="box"
          title={wanted ? t('emptyFiltered') : t('emptyTitle')}
          body={wanted ? t('emptyFilteredBody') : t('emptyBody')}
          action={wanted && <Button onClick={() => show(everything)}>{t('showAll')}</Button>}
        />
      )}
      {items.length > 0 && <AssetGrid assets={items} mayChange={mayChange} />}
      <LoadMore {...list} />
    </div>
  )
}
