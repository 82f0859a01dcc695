import type {
  ImportMode,
  ImportPreview,
  ImportView,
  PreviewImportInput,
  RowFault,
} from '@sparkle/shared/project-imports'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusPill } from '../../components/status.tsx'
import { useDownload } from '../../lib/download.ts'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { errorsPath, importQueries, useStartImport } from './api.ts'

interface ImportCheckProps {
  file: ImportView
  input: PreviewImportInput
  onBack: () => void
}

/** What the import would do: how many rows are fine, what is wrong with the others, and the first projects. */
export function ImportCheck({ file, input, onBack }: ImportCheckProps) {
  const t = useTranslations('projects.import')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const [mode, setMode] = useState<ImportMode>('valid')
  const preview = useQuery(importQueries.preview(file.id, input))
  const start = useStartImport(file.id)
  const download = useDownload()
  if (preview.isPending) return <SkeletonList rows={5} className="h-12" />
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  const { validCount, faultyCount } = preview.data
  const mayStart = validCount > 0 && (mode === 'valid' || faultyCount === 0)

  return (
    <section aria-label={t('steps.check')}>
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <StatusPill tone="ok">{t('valid', { count: validCount })}</StatusPill>
        <StatusPill tone={faultyCount > 0 ? 'bad' : 'neutral'}>{t('faulty', { count: faultyCount })}</StatusPill>
        {faultyCount > 0 && (
          <Button
            look="quiet"
            size="small"
            icon={<Download />}
            onClick={() => download.mutate({ path: errorsPath(file.id) })}
          >
            {t('errors')}
          </Button>
        )}
      </div>
      {faultyCount > 0 && <Faults preview={preview.data} />}
      {preview.data.rows.length > 0 && <FirstProjects rows={preview.data.rows} />}
      {start.isError && (
        <Notice tone="bad" className="mt-4">
          {textOf(start.error)}
        </Notice>
      )}
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <Button look="quiet" onClick={onBack}>
          {common('back')}
        </Button>
        <div className="flex flex-wrap items-center gap-3">
          {faultyCount > 0 && (
            <SegmentedControl<ImportMode>
              label={t('mode')}
              value={mode}
              onValueChange={setMode}
              options={[
                { value: 'valid', label: t('modeValid') },
                { value: 'all', label: t('modeAll') },
              ]}
            />
          )}
          <Button
            look="primary"
            disabled={!mayStart}
            pending={start.isPending}
            onClick={() => start.mutate({ ...input, mode })}
          >
            {t('start', { count: validCount })}
          </Button>
        </div>
      </div>
    </section>
  )
}

function Faults({ preview }: { preview: ImportPreview }) {
  const t = useTranslations('projects.import')
  const { number } = useFormats()
  const columns: DataColumn<RowFault & { id: string }>[] = [
    { id: 'row', header: t('row'), width: '84px', cell: ({ row }) => number(row) },
    { id: 'column', header: t('column'), width: '30%', cell: ({ column }) => column ?? '' },
    {
      id: 'value',
      header: t('value'),
      width: '24%',
      from: 'sm',
      cell: ({ value }) => value && <q className="text-muted">{value}</q>,
    },
    {
      id: 'fault',
      header: t('fault'),
      cell: ({ message }) => <span className="line-clamp-2 whitespace-normal">{message}</span>,
    },
  ]
  return (
    <>
      <h2 className="mb-2 font-strong">{t('faults')}</h2>
      <div className="mb-2 overflow-hidden rounded-box border border-line bg-surface">
        <DataTable
          label={t('faults')}
          columns={columns}
          rows={preview.faults.map((fault, index) => ({ ...fault, id: String(index) }))}
          rowId={({ id }) => id}
          height="min(40dvh, 360px)"
        />
      </div>
      {preview.faults.length >= 200 && <p className="mb-2 text-small text-muted">{t('moreFaults')}</p>}
    </>
  )
}

function FirstProjects({ rows }: { rows: ImportPreview['rows'] }) {
  const t = useTranslations('projects.import')
  const words = useTranslations('projects')
  const { day, number } = useFormats()
  const columns: DataColumn<ImportPreview['rows'][number]>[] = [
    { id: 'row', header: t('row'), width: '84px', cell: ({ row }) => number(row) },
    { id: 'pet', header: t('fields.petName'), cell: ({ petName }) => <span className="font-strong">{petName}</span> },
    { id: 'customer', header: t('fields.customerName'), from: 'sm', cell: ({ customerName }) => customerName },
    {
      id: 'status',
      header: t('fields.status'),
      from: 'md',
      cell: ({ status }) => words(`status.${status as 'backlog'}`),
    },
    { id: 'artist', header: t('fields.assignedArtist'), from: 'lg', cell: (row) => row.assignedArtistName },
    { id: 'deadline', header: t('fields.deadline'), cell: ({ deadline }) => deadline && day(deadline) },
  ]
  return (
    <>
      <h2 className="mt-4 mb-2 font-strong">{t('first')}</h2>
      <div className="overflow-hidden rounded-box border border-line bg-surface">
        <DataTable
          label={t('first')}
          columns={columns}
          rows={rows}
          rowId={({ row }) => String(row)}
          height="min(40dvh, 360px)"
        />
      </div>
    </>
  )
}
