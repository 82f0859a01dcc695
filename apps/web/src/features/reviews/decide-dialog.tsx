import type { ReviewDecision, VersionView } from '@sparkle/shared/reviews'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useDecideVersion } from './api.ts'

interface DecideDialogProps {
  version: VersionView
  /** Somebody of the studio records what the customer said; else a customer asks for changes. */
  onBehalf: boolean
  open: boolean
  onOpenChange: (open: boolean) => void
  onDecided?: () => void
}

interface Point {
  key: number
  text: string
}
const mostPoints = 20

/** Wishes in words and points, or a decision in the customer's name. */
export function DecideDialog({ version, onBehalf, open, onOpenChange, onDecided }: DecideDialogProps) {
  const t = useTranslations('reviews.decide')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const [decision, setDecision] = useState<ReviewDecision>(onBehalf ? 'approve' : 'request_changes')
  const [note, setNote] = useState('')
  const [points, setPoints] = useState<Point[]>([])
  const [missing, setMissing] = useState(false)
  const decide = useDecideVersion(version.id, () => {
    onOpenChange(false)
    onDecided?.()
  })
  const asks = decision === 'request_changes'
  const checklist = asks ? points.map(({ text }) => text.trim()).filter((text) => text !== '') : []
  const lacksWords = note.trim() === '' && (onBehalf || checklist.length === 0)
  const submit = () => {
    setMissing(lacksWords)
    if (!lacksWords) decide.mutate({ decision, note, checklist })
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(to) => {
        decide.reset()
        onOpenChange(to)
      }}
      title={onBehalf ? t('behalfTitle') : t('title')}
      description={onBehalf ? t('behalfBody') : t('body')}
      footer={
        <>
          <Button look="quiet" size="large" onClick={() => onOpenChange(false)}>
            {common('cancel')}
          </Button>
          <Button look="primary" size="large" pending={decide.isPending} onClick={submit}>
            {onBehalf ? t('record') : t('send')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {onBehalf && (
          <SegmentedControl
            label={t('decision')}
            value={decision}
            onValueChange={setDecision}
            options={(['approve', 'request_changes'] as const).map((value) => ({ value, label: t(value) }))}
          />
        )}
        <Field
          label={onBehalf ? t('noteBehalf') : t('note')}
          error={missing && lacksWords ? t(onBehalf ? 'noteNeeded' : 'wordsNeeded') : undefined}
        >
          {(tie) => (
            <Textarea
              {...tie}
              maxLength={2000}
              value={note}
              placeholder={onBehalf ? t('noteBehalfPlaceholder') : undefined}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {asks && <Points points={points} onChange={setPoints} />}
        {decide.error && <Notice tone="bad">{textOf(decide.error)}</Notice>}
      </div>
    </Dialog>
  )
}

function Points({ points, onChange }: { points: readonly Point[]; onChange: (points: Point[]) => void }) {
  const t = useTranslations('reviews.decide')
  const add = () => onChange([...points, { key: (points.at(-1)?.key ?? 0) + 1, text: '' }])
  return (
    <fieldset>
      <legend className="mb-1.5 font-strong">{t('points')}</legend>
      <div className="grid gap-2">
        {points.map(({ key, text }, index) => (
          <div key={key} className="flex items-center gap-2">
            <Input
              aria-label={t('point', { number: index + 1 })}
              maxLength={300}
              value={text}
              onChange={(event) =>
                onChange(points.map((one) => (one.key === key ? { key, text: event.target.value } : one)))
              }
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || text.trim() === '' || points.length >= mostPoints) return
                event.preventDefault()
                add()
              }}
            />
            <IconButton
              bare
              label={t('removePoint', { number: index + 1 })}
              icon={<X />}
              onClick={() => onChange(points.filter((one) => one.key !== key))}
            />
          </div>
        ))}
        {points.length < mostPoints && (
          <div>
            <Button icon={<Plus />} onClick={add}>
              {t('addPoint')}
            </Button>
          </div>
        )}
      </div>
    </fieldset>
  )
}
