import type { BuildView } from '@sparkle/shared/builds'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCreateVersion } from './api.ts'

interface NewVersionDialogProps {
  projectId: string
  /** Passed builds, newest first; at least one. */
  builds: readonly BuildView[]
  onClose: () => void
}

/** Which build, and what is new about it. Mounted while it is open, so that every version begins empty. */
export function NewVersionDialog({ projectId, builds, onClose }: NewVersionDialogProps) {
  const t = useTranslations('reviews.tab')
  const textOf = useProblemText()
  const { dateTime } = useFormats()
  const [buildId, setBuildId] = useState(builds[0]?.id ?? '')
  const [changelog, setChangelog] = useState('')
  const create = useCreateVersion(projectId, ({ number, status }) => {
    notify(t(status === 'draft' ? 'saved' : 'sent', { number }))
    onClose()
  })
  const submit = (thenSend: boolean) => create.mutate({ input: { buildId, changelog }, thenSend })
  const sending = create.isPending && create.variables.thenSend
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('newTitle')}
      description={t('newBody')}
      footer={
        <>
          <Button pending={create.isPending && !sending} disabled={sending} onClick={() => submit(false)}>
            {t('save')}
          </Button>
          <Button look="primary" icon={<Send />} pending={sending} onClick={() => submit(true)}>
            {t('send')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={t('build')}>
          {(tie) => (
            <Select
              {...tie}
              value={buildId}
              onValueChange={setBuildId}
              options={builds.map(({ id, number, createdAt }) => ({
                value: id,
                label: t('buildOption', { number, date: dateTime(createdAt) }),
              }))}
            />
          )}
        </Field>
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
      </div>
    </Dialog>
  )
}
