import type { AuditEntry } from '@sparkle/shared/audit'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { auditQueries, type AuditFilter } from './api.ts'
import { EntrySheet } from './entry-sheet.tsx'
import { useAuditWords } from './words.ts'

interface AuditTableProps {
  filter: AuditFilter
  /** The entry beside the list, from the page's address. */
  openId: string | null
  onOpen: (id: string | null) => void
  /** Offered where the filters leave nothing. */
  clear?: ReactNode
  height?: string
}

/** The log, newest first, with the entry that was opened beside it. */
export function AuditTable({ filter, openId, onOpen, clear, height }: AuditTableProps) {
  const t = useTranslations('audit')
  const list = useInfiniteQuery(auditQueries.list(filter))
  const columns = useColumns()
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <>
      {list.isPending && <SkeletonList rows={8} className="h-12" />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && (
        <EmptyState
          scene={clear ? 'search' : 'spark'}
          title={clear ? t('empty.filteredTitle') : t('empty.title')}
          body={clear ? t('empty.filteredBody') : t('empty.body')}
          action={clear}
        />
      )}
      {rows.length > 0 && (
        <div className="overflow-hidden rounded-box border border-line bg-surface">
          <DataTable
            label={t('table.label')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            onOpen={({ id }) => onOpen(id)}
            footer={<LoadMore {...list} />}
            {...(height && { height })}
          />
        </div>
      )}
      <EntrySheet id={openId} onClose={() => onOpen(null)} />
    </>
  )
}

/** What every change counts up by itself says nothing in a list. */
const silent = new Set(['version', 'updatedAt'])

function useColumns(): DataColumn<AuditEntry>[] {
  const t = useTranslations('audit.table')
  const words = useAuditWords()
  const changed = ({ changed: names }: AuditEntry) => names.filter((name) => !silent.has(name)).map(words.field)
  return [
    {
      id: 'action',
      header: t('action'),
      cell: (entry) => (
        <span className="block min-w-0">
          <span className="block truncate font-strong">{words.action(entry.action)}</span>
          <span className="block truncate text-small text-muted">
            <span className="@min-[36rem]:hidden">{t('by', { who: words.actor(entry.actor) })}</span>
            {[words.subject(entry), changed(entry).join(', ')].filter(Boolean).join(': ')}
          </span>
        </span>
      ),
    },
    { id: 'actor', header: t('actor'), from: 'sm', width: '200px', cell: ({ actor }) => words.actor(actor) },
    {
      id: 'address',
      header: t('address'),
      from: 'lg',
      width: '160px',
      cell: ({ address }) => <span className="text-muted">{address}</span>,
    },
    { id: 'at', header: t('at'), align: 'end', width: '160px', cell: ({ at }) => <RelativeTime at={at} /> },
  ]
}
