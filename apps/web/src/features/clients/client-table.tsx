import type { AccountView } from '@sparkle/shared/accounts'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'

interface ClientTableProps {
  clients: readonly AccountView[]
  sort: string
  onSortChange: (sort: string) => void
  footer?: ReactNode
}

export function ClientTable({ clients, sort, onSortChange, footer }: ClientTableProps) {
  const t = useTranslations('clients')
  const navigate = useNavigate()
  const columns: DataColumn<AccountView>[] = [
    {
      id: 'name',
      header: t('columns.name'),
      sort: { ascending: 'name', descending: '-name' },
      cell: ({ name, kind }) => (
        <span className="flex min-w-0 items-center gap-3 py-1.5">
          <Avatar name={name} src={null} />
          <span className="min-w-0">
            <span className="block truncate font-strong">{name}</span>
            <span className="block text-small text-muted md:hidden">{t(`oneKind.${kind}`)}</span>
          </span>
        </span>
      ),
    },
    { id: 'kind', header: t('columns.kind'), cell: ({ kind }) => t(`oneKind.${kind}`), width: '148px', from: 'md' },
    {
      id: 'projects',
      header: t('columns.projects'),
      cell: ({ projectCount }) => projectCount,
      width: '104px',
      align: 'end',
    },
    {
      id: 'order',
      header: t('columns.order'),
      cell: ({ lastOrderAt }) =>
        lastOrderAt ? (
          <RelativeTime at={lastOrderAt} className="text-muted" />
        ) : (
          <span className="text-faint">{t('noOrder')}</span>
        ),
      width: '172px',
      from: 'md',
    },
  ]
  return (
    <DataTable
      label={t('label')}
      columns={columns}
      rows={clients}
      rowId={({ id }) => id}
      onOpen={({ id }) => void navigate(`/clients/${id}`)}
      sort={sort}
      onSortChange={onSortChange}
      footer={footer}
    />
  )
}
