import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useStudioStep } from './api.ts'

interface ReasonDialogProps {
  studio: PlatformOrganizationView
  step: 'suspend' | 'act-as'
  onClose: () => void
}

/** Asks for the reason that the studio reads. Without one, nothing is done. */
export function ReasonDialog({ studio, step, onClose }: ReasonDialogProps) {
  const t = useTranslations('platform')
  const textOf = useProblemText()
  const formId = useId()
  const [reason, setReason] = useState('')
  const act = useStudioStep(studio.id)
  const part = step === 'suspend' ? 'suspend' : 'actAs'
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(`${part}.title`, { name: studio.name })}
      description={t(`${part}.body`)}
      width="small"
      footer={
        <Button
          type="submit"
          form={formId}
          look={step === 'suspend' ? 'danger' : 'primary'}
          pending={act.isPending}
          disabled={reason.trim() === ''}
        >
          {t(`${part}.confirm`)}
        </Button>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate({ step, reason: reason.trim() }, { onSuccess: onClose })
        }}
      >
        {act.isError && <Notice tone="bad">{textOf(act.error)}</Notice>}
        <Field label={t('reason')} hint={t('reasonHint')}>
          {(control) => (
            <Textarea {...control} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
