import {
  importFields,
  type ColumnMapping,
  type DateOrder,
  type ImportField,
  type ImportView,
} from '@sparkle/shared/project-imports'
import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'

const skip = 'skip'
const delimiterNames: Record<string, 'comma' | 'semicolon' | 'tab' | 'pipe'> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
}
const dateFields: ReadonlySet<ImportField | null> = new Set(['startDate', 'deadline'])

interface ImportColumnsProps {
  file: ImportView
  chosen: { mapping: ColumnMapping; dateOrder: DateOrder }
  onChange: (chosen: { mapping: ColumnMapping; dateOrder: DateOrder }) => void
  onBack: () => void
  onNext: () => void
}

/** Every column of the file beside its first values, and what it becomes. */
export function ImportColumns({ file, chosen, onChange, onBack, onNext }: ImportColumnsProps) {
  const t = useTranslations('projects.import')
  const { mapping, dateOrder } = chosen
  const ready = mapping.includes('petName')
  const choose = (index: number, field: ImportField | null) =>
    onChange({
      dateOrder,
      // A field has one column: choosing it here takes it off the other.
      mapping: mapping.map((known, i) => (i === index ? field : known === field ? null : known)),
    })
  const delimiter = delimiterNames[file.delimiter] ?? 'comma'
  return (
    <section aria-label={t('columnsTitle')}>
      <h2 className="mb-1 text-title font-strong">{t('columnsTitle')}</h2>
      <p className="mb-4 text-muted">
        {[
          t('found', { rows: file.rowCount, name: file.filename }),
          t('format', { encoding: file.encoding.toUpperCase(), delimiter: t(`delimiters.${delimiter}`) }),
        ].join(' · ')}
      </p>
      {!ready && (
        <Notice tone="warn" className="mb-3">
          {t('needPet')}
        </Notice>
      )}
      <ul className="divide-y divide-line rounded-box border border-line bg-surface">
        {file.columns.map((title, index) => (
          <li
            // Two columns may have the same title, and they never change places.
            key={`${index} ${title}`}
            className="grid items-center gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto_220px]"
          >
            <div className="min-w-0">
              <p className="truncate font-strong">{title || t('column')}</p>
              <p className="truncate text-small text-muted">
                {file.sample
                  .map((row) => row[index])
                  .filter(Boolean)
                  .slice(0, 3)
                  .join(' · ')}
              </p>
            </div>
            <ArrowRight className="hidden size-4 text-faint sm:block" aria-hidden="true" />
            <Select
              aria-label={`${title}: ${t('becomes')}`}
              value={mapping[index] ?? skip}
              onValueChange={(value: ImportField | typeof skip) => choose(index, value === skip ? null : value)}
              className={mapping[index] ? '' : 'text-muted'}
              options={[
                { value: skip, label: t('skip') },
                ...importFields.map((field) => ({ value: field, label: t(`fields.${field}`) })),
              ]}
            />
          </li>
        ))}
      </ul>
      {mapping.some((field) => dateFields.has(field)) && (
        <div className="mt-4 flex flex-wrap items-center gap-3">
          <span className="text-muted">{t('dateOrder')}</span>
          <SegmentedControl<DateOrder>
            label={t('dateOrder')}
            value={dateOrder}
            onValueChange={(order) => onChange({ mapping, dateOrder: order })}
            options={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </div>
      )}
      <div className="mt-5 flex flex-wrap justify-between gap-3">
        <Button look="quiet" onClick={onBack}>
          {t('other')}
        </Button>
        <Button look="primary" disabled={!ready} onClick={onNext}>
          {t('check')}
        </Button>
      </div>
    </section>
  )
}
