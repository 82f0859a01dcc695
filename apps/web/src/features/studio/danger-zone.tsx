import type { OrganizationView } from '@sparkle/shared/organizations'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useDeletion } from './api.ts'

/** The end of a studio, thirty days before it comes, and the way back until then. */
export function DangerZone({ studio }: { studio: OrganizationView }) {
  const t = useTranslations('settings.deletion')
  const textOf = useProblemText()
  const { date } = useFormats()
  const [asking, setAsking] = useState(false)
  const deletion = useDeletion(studio.id)
  if (studio.deletionDueAt) {
    return (
      <Card title={t('title')}>
        <p className="mb-4 text-muted">{t('due', { date: date(studio.deletionDueAt) })}</p>
        {deletion.isError && (
          <Notice tone="bad" className="mb-4">
            {textOf(deletion.error)}
          </Notice>
        )}
        <Button look="primary" pending={deletion.isPending} onClick={() => deletion.mutate({ keep: true })}>
          {t('keep')}
        </Button>
      </Card>
    )
  }
  return (
    <Card title={t('title')}>
      <p className="mb-4 text-muted">{t('hint')}</p>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('open')}
      </Button>
      {asking && <DeleteDialog studio={studio} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function DeleteDialog({ studio, onClose }: { studio: OrganizationView; onClose: () => void }) {
  const t = useTranslations('settings.deletion')
  const textOf = useProblemText()
  const formId = useId()
  const [typed, setTyped] = useState('')
  const deletion = useDeletion(studio.id)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('ask', { name: studio.name })}
      description={t('body')}
      width="small"
      footer={
        <Button
          type="submit"
          form={formId}
          look="danger"
          pending={deletion.isPending}
          disabled={typed.trim() !== studio.slug}
        >
          {t('confirm')}
        </Button>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          deletion.mutate({ keep: false, slug: typed.trim() }, { onSuccess: onClose })
        }}
      >
        {deletion.isError && <Notice tone="bad">{textOf(deletion.error)}</Notice>}
        <Field label={t('type', { slug: studio.slug })}>
          {(control) => (
            <Input
              {...control}
              value={typed}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setTyped(event.target.value)}
              className="font-mono"
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
