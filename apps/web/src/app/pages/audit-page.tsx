import { Download } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import type { AuditFilter } from '../../features/audit/api.ts'
import { AuditFilters } from '../../features/audit/audit-filters.tsx'
import { AuditTable } from '../../features/audit/audit-table.tsx'
import { ChainCard } from '../../features/audit/chain-card.tsx'
import { filterOf, readSearch, withSearch } from '../../features/audit/search.ts'
import { useDownload } from '../../lib/download.ts'
import { useCan } from '../../lib/session.tsx'

/** The studio's record: filters and the opened entry are in the address, so that a look at it can be passed on. */
export function AuditPage() {
  const t = useTranslations('audit')
  const [params, setParams] = useSearchParams()
  const search = readSearch(params)
  const filter = filterOf(search)
  const filtered = Object.keys(filter).length > 0
  const clear = () => setParams({}, { replace: true })
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')} actions={<Export filter={filter} />} />
      <ChainCard />
      <AuditFilters
        search={search}
        onChange={(change) => setParams((now) => withSearch(now, change), { replace: true })}
      />
      <AuditTable
        filter={filter}
        openId={params.get('entry')}
        onOpen={(id) =>
          setParams(
            (now) => {
              const next = new URLSearchParams(now)
              if (id) next.set('entry', id)
              else next.delete('entry')
              return next
            },
            { replace: id === null },
          )
        }
        clear={filtered && <Button onClick={clear}>{t('filter.clear')}</Button>}
      />
    </>
  )
}

/** What the filters find, as a file; that it was taken out is itself on record. */
function Export({ filter }: { filter: AuditFilter }) {
  const t = useTranslations('audit.export')
  const download = useDownload()
  const save = (format: 'csv' | 'ndjson') => download.mutate({ path: '/audit/export', query: { ...filter, format } })
  if (!useCan('audit:export')) return null
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={<Download />} pending={download.isPending}>
          {t('button')}
        </Button>
      }
    >
      <MenuItem onSelect={() => save('csv')}>{t('csv')}</MenuItem>
      <MenuItem onSelect={() => save('ndjson')}>{t('ndjson')}</MenuItem>
    </Menu>
  )
}
