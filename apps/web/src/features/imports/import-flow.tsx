import { maxImportBytes, type ColumnMapping, type DateOrder, type ImportView } from '@sparkle/shared/project-imports'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dropzone } from '../../components/dropzone.tsx'
import { Notice } from '../../components/notice.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useUploadImport } from './api.ts'
import { ImportCheck } from './import-check.tsx'
import { ImportColumns } from './import-columns.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportSteps, type ImportStep } from './import-steps.tsx'

interface Chosen {
  mapping: ColumnMapping
  dateOrder: DateOrder
}

/** From a CSV file to projects: drop it, say what its columns are, look at the faults, import. */
export function ImportFlow({ onShow }: { onShow: () => void }) {
  const [step, setStep] = useState<ImportStep>('file')
  const [file, setFile] = useState<ImportView | null>(null)
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const restart = () => {
    setFile(null)
    setChosen(null)
    setStep('file')
  }

  return (
    <>
      <ImportSteps current={step} />
      {step === 'file' && (
        <FileStep
          onUploaded={(view) => {
            setFile(view)
            setChosen({ mapping: view.mapping, dateOrder: view.dateOrder })
            setStep('columns')
          }}
        />
      )}
      {step === 'columns' && file && chosen && (
        <ImportColumns
          file={file}
          chosen={chosen}
          onChange={setChosen}
          onBack={restart}
          onNext={() => setStep('check')}
        />
      )}
      {step === 'check' && file && chosen && (
        <ImportCheck file={file} input={chosen} onBack={() => setStep('columns')} onStarted={() => setStep('run')} />
      )}
      {step === 'run' && file && <ImportProgress id={file.id} onShow={onShow} onRestart={restart} />}
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
