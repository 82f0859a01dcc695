import { RadioGroup } from 'radix-ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import type { FieldMerge } from '../lib/three-way.ts'
import type { Merging } from '../lib/use-saved-form.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface FieldWords {
  label: (name: string) => string
  /** How a value reads that is not plain text, such as the name of a choice. */
  text?: (name: string, value: unknown) => string | undefined
}

interface MergeDialogProps {
  merging: Pick<Merging, 'fields' | 'settle' | 'cancel'>
  words: FieldWords
  /** After the choices have gone into the form: saves it. */
  onSettled: () => void
}

type Side = 'theirs' | 'mine'

/** Two people changed the same fields: each is settled by choosing one side, and nothing is chosen beforehand. */
export function MergeDialog({ merging, words, onSettled }: MergeDialogProps) {
  const t = useTranslations('common.merge')
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  const disputed = merging.fields.filter(({ changedBy }) => changedBy === 'both')
  const left = disputed.filter(({ name }) => !chosen[name]).length
  const namesOf = (who: FieldMerge['changedBy']) =>
    merging.fields.filter(({ changedBy }) => changedBy === who).map(({ name }) => words.label(name))
  const chooseAll = (side: Side) => setChosen(Object.fromEntries(disputed.map(({ name }) => [name, side])))
  const [taken, kept] = [namesOf('them'), namesOf('me')]
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && merging.cancel()}
      title={t('title')}
      description={t('body', { count: disputed.length })}
      width="large"
      footer={
        <>
          <p role="status" className="mr-auto self-center text-small text-muted">
            {left > 0 && t('left', { count: left })}
          </p>
          <Button look="quiet" onClick={merging.cancel}>
            {t('later')}
          </Button>
          <Button
            look="primary"
            disabled={left > 0}
            onClick={() => {
              merging.settle(disputed.map(({ name }) => name).filter((name) => chosen[name] === 'theirs'))
              onSettled()
            }}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      {disputed.length > 1 && (
        <div className="mb-4 flex flex-wrap gap-2">
          <Button size="small" onClick={() => chooseAll('theirs')}>
            {t('allTheirs')}
          </Button>
          <Button size="small" onClick={() => chooseAll('mine')}>
            {t('allMine')}
          </Button>
        </div>
      )}
      <div className="grid gap-5">
        {disputed.map((field) => (
          <Dispute
            key={field.name}
            field={field}
            words={words}
            chosen={chosen[field.name]}
            onChoose={(side) => setChosen((before) => ({ ...before, [field.name]: side }))}
          />
        ))}
      </div>
      {taken.length > 0 && <p className="mt-5 text-small text-muted">{t('taken', { fields: taken.join(', ') })}</p>}
      {kept.length > 0 && <p className="mt-2 text-small text-muted">{t('kept', { fields: kept.join(', ') })}</p>}
    </Dialog>
  )
}

interface DisputeProps {
  field: FieldMerge
  words: FieldWords
  chosen: Side | undefined
  onChoose: (side: Side) => void
}

function Dispute({ field, words, chosen, onChoose }: DisputeProps) {
  const t = useTranslations('common.merge')
  const read = (value: unknown): string => {
    const text = words.text?.(field.name, value)
    if (text !== undefined) return text
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    return value === null || value === undefined || value === '' ? t('empty') : String(value)
  }
  const label = words.label(field.name)
  return (
    <div>
      <p className="font-strong">{label}</p>
      <p className="mb-2 line-clamp-2 text-small text-muted">{t('before', { text: read(field.base) })}</p>
      <RadioGroup.Root
        aria-label={label}
        value={chosen ?? ''}
        onValueChange={(side) => onChoose(side as Side)}
        className="grid gap-2 sm:grid-cols-2"
      >
        {(['theirs', 'mine'] as const).map((side) => (
          <RadioGroup.Item
            key={side}
            value={side}
            aria-label={`${t(side)}: ${read(field[side])}`}
            className={cn(
              'rounded-box border bg-surface px-3 py-2 text-left transition-colors hover:bg-hover',
              chosen === side ? 'border-accent bg-accent-soft hover:bg-accent-soft' : 'border-edge',
            )}
          >
            <span className="block text-small text-muted">{t(side)}</span>
            <span className="block max-h-40 overflow-y-auto wrap-anywhere whitespace-pre-wrap">
              {read(field[side])}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  )
}
