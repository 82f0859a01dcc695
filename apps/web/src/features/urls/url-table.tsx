import { urlStatuses, type UrlStatus, type UrlView } from '@sparkle/shared/urls'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { useFormats } from '../../lib/format.ts'
import { withoutScheme } from '../../lib/without-scheme.ts'
import { urlQueries } from './api.ts'
import { Expiry, UrlStatusMark } from './url-status.tsx'

const all = 'all'

interface UrlTableProps {
  status: UrlStatus | undefined
  onStatusChange: (status: UrlStatus | undefined) => void
  /** Under the empty table: leads to a project. */
  emptyAction: ReactNode
}

/** All addresses of the studio with how often they are visited. */
export function UrlTable({ status, onStatusChange, emptyAction }: UrlTableProps) {
  const t = useTranslations('urls')
  const navigate = useNavigate()
  const list = useInfiniteQuery(urlQueries.list({ ...(status && { status }) }))
  const columns = useColumns()
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      <SegmentedControl
        label={t('table.filter')}
        value={status ?? all}
        onValueChange={(value) => onStatusChange(urlStatuses.find((one) => one === value))}
        options={[all, ...urlStatuses].map((value) => ({ value, label: labelOf(t, value) }))}
        className="mb-4 max-w-full overflow-x-auto"
      />
      {list.isPending && <SkeletonList rows={6} className="h-12" />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          scene="flag"
          title={status ? t('empty.none') : t('empty.title')}
          body={status ? undefined : t('empty.body')}
          action={status ? undefined : emptyAction}
        />
      )}
      {rows.length > 0 && (
        <div className="overflow-hidden rounded-box border border-line bg-surface">
          <DataTable
            label={t('table.label')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            onOpen={({ projectId }) => void navigate(`/projects/${projectId}/address`)}
            footer={<LoadMore {...list} />}
            height="calc(100dvh - 230px)"
          />
        </div>
      )}
    </>
  )
}

function labelOf(t: ReturnType<typeof useTranslations<'urls'>>, value: string): string {
  const status = urlStatuses.find((one) => one === value)
  return status ? t(`status.${status}`) : t('table.all')
}

function useColumns(): DataColumn<UrlView>[] {
  const t = useTranslations('urls.table')
  const { number } = useFormats()
  return [
    {
      id: 'address',
      header: t('address'),
      cell: (url) => (
        <span className="flex items-center gap-1">
          <span className="min-w-0">
            <span className="block truncate font-strong">{url.slug}</span>
            <span className="block truncate text-small text-muted" title={withoutScheme(url.fullUrl)}>
              {url.petName}
            </span>
          </span>
          <span className="hidden sm:inline-flex">
            <CopyButton text={url.fullUrl} label={t('copy', { slug: url.slug })} />
          </span>
          {url.status === 'active' && (
            <a
              href={url.fullUrl}
              target="_blank"
              rel="noreferrer"
              aria-label={t('open', { slug: url.slug })}
              title={t('open', { slug: url.slug })}
              className="inline-flex size-7 shrink-0 items-center justify-center rounded-box text-muted hover:bg-hover hover:text-ink"
            >
              <ExternalLink className="size-4" aria-hidden="true" />
            </a>
          )}
        </span>
      ),
    },
    { id: 'status', header: t('status'), width: '130px', cell: ({ status }) => <UrlStatusMark status={status} /> },
    { id: 'views', header: t('views'), align: 'end', width: '80px', cell: ({ viewCount }) => number(viewCount) },
    {
      id: 'plays',
      header: t('plays'),
      align: 'end',
      from: 'sm',
      width: '90px',
      cell: ({ playCount }) => number(playCount),
    },
    {
      id: 'lastAccess',
      header: t('lastAccess'),
      from: 'md',
      cell: ({ lastAccessedAt }) =>
        lastAccessedAt ? <RelativeTime at={lastAccessedAt} /> : <span className="text-muted">{t('never')}</span>,
    },
    { id: 'expires', header: t('expires'), from: 'lg', cell: (url) => <Expiry url={url} /> },
  ]
}
