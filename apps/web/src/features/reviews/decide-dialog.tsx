import type { ReviewDecision, VersionView } from '@sparkle/shared/reviews'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { filledPoints, PointsField } from '../../components/points-field.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { refusesTicks, useDecideVersion } from './api.ts'
import { TickList } from './tick-list.tsx'
import { useWishesDraft } from './wishes-draft.ts'

interface DecideDialogProps {
  version: VersionView
  /** Whose words these are: kept under their name until they are sent. */
  person: string
  /** Somebody of the studio records what the customer said; else a customer asks for changes. */
  onBehalf: boolean
  open: boolean
  onOpenChange: (open: boolean) => void
  onDecided?: () => void
}

const mostPoints = 20

/** Wishes in words and points, or a decision in the customer's name. */
export function DecideDialog({ version, person, onBehalf, open, onOpenChange, onDecided }: DecideDialogProps) {
  const t = useTranslations('reviews.decide')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const formId = useId()
  const [decision, setDecision] = useState<ReviewDecision>(onBehalf ? 'approve' : 'request_changes')
  const { note, points, setNote, setPoints, clear } = useWishesDraft(person, version.id)
  const [ticked, setTicked] = useState<readonly string[]>([])
  const [missing, setMissing] = useState(false)
  const decide = useDecideVersion(version.id, () => {
    clear()
    onOpenChange(false)
    onDecided?.()
  })
  const asks = decision === 'request_changes'
  const checklist = asks ? filledPoints(points) : []
  const lacksWords = note.trim() === '' && (onBehalf || checklist.length === 0)
  const submit = () => {
    setMissing(lacksWords)
    // The studio may have changed its list meanwhile: what is no point any more would be refused.
    const holds = asks ? [] : ticked.filter((point) => version.points.includes(point))
    if (!lacksWords) decide.mutate({ decision, note, checklist, ticked: holds })
  }
  const change = (to: boolean) => {
    decide.reset()
    onOpenChange(to)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={onBehalf ? t('behalfTitle') : t('title')}
      description={onBehalf ? t('behalfBody') : t('body')}
      footer={
        <>
          <Button look="quiet" size="large" onClick={() => change(false)}>
            {common('cancel')}
          </Button>
          <Button look="primary" size="large" pending={decide.isPending} type="submit" form={formId}>
            {onBehalf ? t('record') : t('send')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
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
        {onBehalf && !asks && version.points.length > 0 && (
          <TickList legend={t('tickBehalf')} points={version.points} ticked={ticked} onChange={setTicked} />
        )}
        {asks && <PointsField legend={t('points')} points={points} onChange={setPoints} most={mostPoints} />}
        {decide.error && (
          <Notice tone="bad">{refusesTicks(decide.error) ? t('listChangedBehalf') : textOf(decide.error)}</Notice>
        )}
      </form>
    </Dialog>
  )
}
