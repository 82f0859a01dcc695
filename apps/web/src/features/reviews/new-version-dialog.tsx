import { deliverableKinds, type DeliverableKind } from '@sparkle/shared/reviews'
import { Send } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCreateVersion } from './api.ts'
import { SendablePicker } from './sendable-picker.tsx'
import type { Sendable } from './sendable.ts'

interface NewVersionDialogProps {
  projectId: string
  /** What may be sent, newest first; at least one. */
  things: readonly Sendable[]
  onClose: () => void
}

/** Of the button that sends nothing yet. */
const keep = 'keep'

/** What is sent, and what is new about it. Mounted while it is open, so that every version begins empty. */
export function NewVersionDialog({ projectId, things, onClose }: NewVersionDialogProps) {
  const t = useTranslations('reviews.tab')
  const kinds = useTranslations('reviews.kind')
  const textOf = useProblemText()
  const formId = useId()
  const [kind, setKind] = useState<DeliverableKind>(things[0]?.kind ?? 'build')
  const [chosen, setChosen] = useState<string | null>(null)
  const offered = deliverableKinds.filter((one) => things.some((thing) => thing.kind === one))
  const ofKind = things.filter((thing) => thing.kind === kind)
  const thing = ofKind.find(({ id }) => id === chosen) ?? ofKind[0]
  const [changelog, setChangelog] = useState('')
  const create = useCreateVersion(projectId, ({ number, status }) => {
    notify(t(status === 'draft' ? 'saved' : 'sent', { number }))
    onClose()
  })
  const submit = (thenSend: boolean) => {
    if (thing) create.mutate({ input: { ...thing.names, changelog }, thenSend })
  }
  const sending = create.isPending && create.variables.thenSend
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('newTitle')}
      description={t('newBody')}
      footer={
        <>
          <Button type="submit" form={formId} value={keep} pending={create.isPending && !sending} disabled={sending}>
            {t('save')}
          </Button>
          <Button type="submit" form={formId} look="primary" icon={<Send />} pending={sending}>
            {t('send')}
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
          submit((event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') !== keep)
        }}
      >
        {offered.length > 1 && (
          <SegmentedControl
            label={t('what')}
            value={kind}
            onValueChange={setKind}
            options={offered.map((value) => ({ value, label: kinds(value) }))}
          />
        )}
        {thing && <SendablePicker things={ofKind} value={thing.id} onChange={setChosen} />}
        <Field label={t('changelog')} optional>
          {(tie) => (
            <Textarea
              {...tie}
              maxLength={4000}
              value={changelog}
              placeholder={t('changelogPlaceholder')}
              onChange={(event) => setChangelog(event.target.value)}
            />
          )}
        </Field>
        {create.error && <Notice tone="bad">{textOf(create.error)}</Notice>}
      </form>
    </Dialog>
  )
}
