import { projectColumnNames, type ProjectColumnName } from '@sparkle/shared/project-views'
import { Archive, Check, Columns3, Download, Ellipsis, FileUp, Trash2 } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../../components/menu.tsx'
import { useDownload } from '../../lib/download.ts'
import { useCan } from '../../lib/session.tsx'
import { usualColumns } from './project-table.tsx'
import type { useProjectFilters } from './use-project-filters.ts'

interface ListMenuProps {
  filters: ReturnType<typeof useProjectFilters>
  columns: readonly ProjectColumnName[] | null
  /** Null where there is no table to choose columns for. */
  onColumnsChange: ((columns: ProjectColumnName[]) => void) | null
}

/** What is seldom needed of the list: in and out as CSV, the archive, the deleted ones, columns. */
export function ListMenu({ filters, columns, onColumnsChange }: ListMenuProps) {
  const t = useTranslations('projects.list')
  const navigate = useNavigate()
  const mayImport = useCan('projects:create')
  const mayExport = useCan('orders:read')
  const maySeeDeleted = useCan('projects:delete')
  const { params, set, filter } = filters
  const download = useDownload()
  const exportAll = () => download.mutate({ path: '/projects/export.csv', query: { ...filter, sort: params.sort } })
  return (
    <Menu align="end" trigger={<IconButton label={t('more')} icon={<Ellipsis />} />}>
      {mayImport && (
        <MenuItem icon={<FileUp />} onSelect={() => void navigate('/projects/import')}>
          {t('import')}
        </MenuItem>
      )}
      {mayExport && !params.deleted && (
        <MenuItem icon={<Download />} onSelect={exportAll}>
          {t('export')}
        </MenuItem>
      )}
      {(mayImport || mayExport) && <MenuSeparator />}
      <MenuItem icon={<Archive />} onSelect={() => set({ archived: params.archived ? null : '1', deleted: null })}>
        {t('archived')}
      </MenuItem>
      {maySeeDeleted && (
        <MenuItem icon={<Trash2 />} onSelect={() => set({ deleted: params.deleted ? null : '1', archived: null })}>
          {t('deleted')}
        </MenuItem>
      )}
      {onColumnsChange && <ColumnChoice columns={columns ?? usualColumns} onChange={onColumnsChange} />}
    </Menu>
  )
}

interface ColumnChoiceProps {
  columns: readonly ProjectColumnName[]
  onChange: (columns: ProjectColumnName[]) => void
}

function ColumnChoice({ columns, onChange }: ColumnChoiceProps) {
  const t = useTranslations('projects')
  return (
    <>
      <MenuSeparator />
      <MenuLabel>
        <span className="inline-flex items-center gap-1.5">
          <Columns3 className="size-3.5" aria-hidden="true" />
          {t('views.columns')}
        </span>
      </MenuLabel>
      {projectColumnNames.map((name) => (
        <Radix.CheckboxItem
          key={name}
          checked={columns.includes(name)}
          // Several are chosen in a row: the menu stays.
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={(on) =>
            onChange(projectColumnNames.filter((one) => (one === name ? on : columns.includes(one))))
          }
          className="menu-item [&_svg]:size-4"
        >
          <span className="grow">{t(`list.columns.${name}`)}</span>
          <Radix.ItemIndicator>
            <Check className="text-accent-text" />
          </Radix.ItemIndicator>
        </Radix.CheckboxItem>
      ))}
    </>
  )
}
