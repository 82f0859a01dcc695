import type { VersionView } from '@sparkle/shared/reviews'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { VersionStatusPill } from './version-status.tsx'

/** Versions of several projects; each opens what the customer looks at. */
export function VersionTable({ versions, footer }: { versions: readonly VersionView[]; footer?: ReactNode }) {
  const t = useTranslations('reviews')
  const navigate = useNavigate()
  const columns: DataColumn<VersionView>[] = [
    {
      id: 'pet',
      header: t('list.pet'),
      cell: ({ petName, number, kind, deliverableName, status }) => (
        <span className="block min-w-0 py-1.5">
          <span className="block truncate font-strong">{petName}</span>
          <span className="block truncate text-small text-muted">
            {t('number', { number })} · {t('what', { kind, name: deliverableName ?? 'none' })}
          </span>
          <span className="mt-1 block md:hidden">
            <VersionStatusPill status={status} />
          </span>
        </span>
      ),
    },
    {
      id: 'status',
      header: t('list.stands'),
      cell: ({ status }) => <VersionStatusPill status={status} />,
      width: '236px',
      from: 'md',
    },
    {
      id: 'by',
      header: t('list.by'),
      cell: ({ createdByName }) => <span className="truncate text-muted">{createdByName}</span>,
      width: '180px',
      from: 'lg',
    },
    {
      id: 'at',
      header: t('list.since'),
      align: 'end',
      cell: ({ decidedAt, sentAt, createdAt }) => (
        <RelativeTime at={decidedAt ?? sentAt ?? createdAt} className="text-muted" />
      ),
      width: '148px',
    },
  ]
  return (
    <DataTable
      label={t('list.title')}
      columns={columns}
      rows={versions}
      rowId={({ id }) => id}
      onOpen={({ id }) => void navigate(`/review/${id}`)}
      footer={footer}
    />
  )
}
