import type { VersionView } from '@sparkle/shared/reviews'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useChangeVersion } from './api.ts'

/** What a version says about itself, as long as nobody has decided on it. */
export function ChangelogDialog({ version, onClose }: { version: VersionView; onClose: () => void }) {
  const t = useTranslations('reviews')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const formId = useId()
  const [changelog, setChangelog] = useState(version.changelog)
  const change = useChangeVersion(onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('number', { number: version.number })}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} look="primary" pending={change.isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate({ of: version, changelog })
        }}
      >
        <Field label={t('tab.changelog')} optional>
          {(tie) => (
            <Textarea
              {...tie}
              rows={5}
              maxLength={4000}
              value={changelog}
              onChange={(event) => setChangelog(event.target.value)}
            />
          )}
        </Field>
        {change.error && (
          <Notice tone="bad" className="mt-4">
            {textOf(change.error)}
          </Notice>
        )}
      </form>
    </Dialog>
  )
}
