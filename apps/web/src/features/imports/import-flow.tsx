import { maxImportBytes, type ColumnMapping, type DateOrder, type ImportView } from '@sparkle/shared/project-imports'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dropzone } from '../../components/dropzone.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LeaveGuard } from '../../components/leave-guard.tsx'
import { Notice } from '../../components/notice.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { importQueries, useUploadImport } from './api.ts'
import { ImportCheck } from './import-check.tsx'
import { ImportColumns } from './import-columns.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportSteps, type ImportStep } from './import-steps.tsx'

interface ImportFlowProps {
  /** The import that was begun, as the address has it. */
  id: string | null
  onBegun: (id: string) => void
  onRestart: () => void
  onShow: () => void
}

/** From a CSV file to projects: drop it, say what its columns are, look at the faults, import. */
export function ImportFlow({ id, onBegun, onRestart, onShow }: ImportFlowProps) {
  const client = useQueryClient()
  if (id) return <BegunImport key={id} id={id} onRestart={onRestart} onShow={onShow} />
  return (
    <>
      <ImportSteps current="file" />
      <FileStep
        onUploaded={(view) => {
          client.setQueryData(importQueries.detail(view.id).queryKey, view)
          onBegun(view.id)
        }}
      />
    </>
  )
}

interface Chosen {
  mapping: ColumnMapping
  dateOrder: DateOrder
}

function BegunImport({ id, onRestart, onShow }: { id: string; onRestart: () => void; onShow: () => void }) {
  const t = useTranslations('projects.import')
  const [isChecking, setChecking] = useState(false)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const { data: file, error, refetch } = useQuery(importQueries.detail(id))
  if (!file && error)
    return (
      <>
        <ErrorState error={error} onRetry={() => void refetch()} />
        <Button look="quiet" className="mt-3" onClick={onRestart}>
          {t('other')}
        </Button>
      </>
    )
  if (!file) return <SkeletonList rows={5} className="h-12" />
  const { mapping, dateOrder } = chosen ?? file
  const step: ImportStep = file.status !== 'draft' ? 'run' : isChecking ? 'check' : 'columns'
  // The server keeps a choice when its rows are checked; until then only this page knows it.
  const isKept = dateOrder === file.dateOrder && mapping.every((field, index) => field === file.mapping[index])
  return (
    <>
      <LeaveGuard when={step !== 'run' && !isKept} />
      <ImportSteps current={step} />
      {step === 'columns' && (
        <ImportColumns
          file={file}
          chosen={{ mapping, dateOrder }}
          onChange={setChosen}
          onBack={onRestart}
          onNext={() => setChecking(true)}
        />
      )}
      {step === 'check' && <ImportCheck file={file} input={{ mapping, dateOrder }} onBack={() => setChecking(false)} />}
      {step === 'run' && <ImportProgress id={id} onShow={onShow} onRestart={onRestart} />}
    </>
  )
}

const csvTypes = { 'text/csv': ['.csv', '.tsv', '.txt'] }

function FileStep({ onUploaded }: { onUploaded: (view: ImportView) => void }) {
  const t = useTranslations('projects.import')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const [refused, setRefused] = useState<string[]>([])
  const upload = useUploadImport()
  return (
    <div className="mx-auto max-w-160">
      <p className="mb-3 text-muted">{t('lead')}</p>
      <Dropzone
        label={t('drop')}
        accept={csvTypes}
        maxSizeBytes={maxImportBytes}
        maxFiles={1}
        disabled={upload.isPending}
        className="min-h-44"
        onRefused={setRefused}
        explain={({ name }) => (/\.(xlsx?|xlsm|ods|numbers)$/i.test(name) ? t('workbook', { name }) : undefined)}
        onFiles={([added]) => {
          setRefused([])
          if (added) upload.mutate(added, { onSuccess: onUploaded })
        }}
      />
      {upload.isPending && (
        <p role="status" className="mt-3 flex items-center gap-2 text-muted">
          <Spinner /> {common('loading')}
        </p>
      )}
      {[...refused, ...(upload.isError ? [textOf(upload.error)] : [])].map((reason) => (
        <Notice key={reason} tone="bad" className="mt-3">
          {reason}
        </Notice>
      ))}
    </div>
  )
}
