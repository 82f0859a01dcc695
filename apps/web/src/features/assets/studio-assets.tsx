import { assetTypes, processingStatuses } from '@sparkle/shared/assets'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { Input } from '../../components/input.tsx'
import { Select } from '../../components/select.tsx'
import { cn } from '../../lib/cn.ts'
import { studioAssetsQuery, type AssetFilters } from './api.ts'
import { AssetGrid } from './asset-grid.tsx'
import { LoadingCards } from './loading-cards.tsx'
import { ProjectFilter } from './project-filter.tsx'

const any = 'any'
const searchDelayMs = 250

/** Filters as the page's address has them; words it does not know are left out. */
function readFilters(search: URLSearchParams): AssetFilters {
  const assetType = assetTypes.find((one) => one === search.get('type'))
  const processingStatus = processingStatuses.find((one) => one === search.get('status'))
  const projectId = search.get('project')
  const q = search.get('q')
  return {
    ...(assetType && { assetType }),
    ...(processingStatus && { processingStatus }),
    ...(projectId && { projectId }),
    ...(q && { q }),
  }
}

/** Every asset of the studio that somebody may work on, over all projects. */
export function StudioAssets({ emptyAction }: { emptyAction: ReactNode }) {
  const t = useTranslations('assets')
  const [search, setSearch] = useSearchParams()
  const filters = readFilters(search)
  const list = useInfiniteQuery(studioAssetsQuery(filters))
  const filtered = Object.keys(filters).length > 0
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === '' || value === any) after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  const clear = () => setSearch({}, { replace: true })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <Filters filters={filters} onChange={set} onClear={clear} total={list.data?.pages[0]?.total} />
      {list.isPending && <LoadingCards />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <EmptyState
          scene="box"
          title={filtered ? t('studio.none') : t('studio.emptyTitle')}
          body={filtered ? t('studio.noneBody') : t('studio.emptyBody')}
          action={filtered ? <Button onClick={clear}>{t('studio.clear')}</Button> : emptyAction}
        />
      )}
      {items.length > 0 && <AssetGrid assets={items} mayChange />}
      <LoadMore {...list} />
    </>
  )
}

interface FiltersProps {
  filters: AssetFilters
  onChange: (name: string, value: string) => void
  onClear: () => void
  total: number | undefined
}

function Filters({ filters, onChange, onClear, total }: FiltersProps) {
  const t = useTranslations('assets')
  const { assetType, processingStatus, projectId, q } = filters
  return (
    <div className="mb-5 grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <SearchField value={q ?? ''} onChange={(value) => onChange('q', value)} />
      <Filter
        label={t('studio.type')}
        value={assetType}
        onChange={(value) => onChange('type', value)}
        options={assetTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
      />
      <Filter
        label={t('studio.status')}
        value={processingStatus}
        onChange={(value) => onChange('status', value)}
        options={processingStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
      />
      <ProjectFilter projectId={projectId} onChange={(value) => onChange('project', value)} />
      {Object.keys(filters).length > 0 && (
        <Button look="quiet" icon={<X />} onClick={onClear}>
          {t('studio.clear')}
        </Button>
      )}
      {total !== undefined && (
        <p role="status" className="text-right text-muted tabular-nums sm:ml-auto">
          {t('studio.total', { count: total })}
        </p>
      )}
    </div>
  )
}

interface FilterProps {
  label: string
  value: string | undefined
  onChange: (value: string) => void
  options: readonly { value: string; label: string }[]
}

/** Shows its own name while nothing is chosen. */
function Filter({ label, value, onChange, options }: FilterProps) {
  const t = useTranslations('assets.studio')
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value ?? null}
      onValueChange={onChange}
      options={[...(value === undefined ? [] : [{ value: any, label: t('any') }]), ...options]}
      className={cn(
        'min-w-0 sm:w-auto sm:max-w-56',
        value === undefined ? 'text-muted' : 'border-accent! bg-accent-soft',
      )}
    />
  )
}

/** Letters go to the address, and with it to the API, once typing pauses. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('assets.studio')
  const [typed, setTyped] = useState(value)
  const [shownFor, setShownFor] = useState(value)
  const send = useEffectEvent(onChange)
  if (shownFor !== value) {
    // The address changed by itself: back button, "Clear filters".
    setShownFor(value)
    if (typed.trim() !== value.trim()) setTyped(value)
  }
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => send(typed.trim()), searchDelayMs)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <Input
      type="search"
      role="searchbox"
      aria-label={t('search')}
      placeholder={t('search')}
      icon={<Search />}
      value={typed}
      maxLength={80}
      onChange={(event) => setTyped(event.target.value)}
      className="col-span-2 min-w-0 sm:w-72"
    />
  )
}
