import type { UserView } from '@sparkle/shared/users'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { PatternSelect, type Pattern } from './permission-select.tsx'
import { ProjectPicker } from './project-picker.tsx'
import { useAddGrant } from './rights-api.ts'

/** Grants or denies somebody one thing: what, where, why, until when. */
export function GrantDialog({ person, onClose }: { person: UserView; onClose: () => void }) {
  const t = useTranslations('permissions.grants')
  const textOf = useProblemText()
  const formId = useId()
  const add = useAddGrant(person.id)
  // Nothing is denied to an admin, so that the studio can be managed.
  const mayDeny = person.role !== 'admin'
  const [effect, setEffect] = useState<'allow' | 'deny'>('allow')
  const [permission, setPermission] = useState<Pattern>('projects:update')
  const [where, setWhere] = useState<'everywhere' | 'project'>('everywhere')
  const [projectId, setProjectId] = useState<string>()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const incomplete = reason.trim() === '' || (where === 'project' && !projectId)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (add.isPending || incomplete) return
    add.mutate(
      {
        effect,
        permission,
        reason,
        ...(where === 'project' && { projectId }),
        // The browser's own clock: the last minute of that day where the reader is.
        ...(until && { expiresAt: new Date(`${until}T23:59`).toISOString() }),
      },
      {
        onSuccess: () => {
          notify(t('saved'))
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('add')}
      description={person.displayName}
      footer={
        <Button type="submit" form={formId} look="primary" pending={add.isPending} disabled={incomplete}>
          {t('submit')}
        </Button>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        {add.isError && <Notice tone="bad">{textOf(add.error)}</Notice>}
        {mayDeny && (
          <SegmentedControl
            label={t('effect')}
            value={effect}
            onValueChange={setEffect}
            options={[
              { value: 'allow', label: t('allow') },
              { value: 'deny', label: t('deny') },
            ]}
          />
        )}
        <Field label={t('permission')}>
          {(field) => <PatternSelect field={field} value={permission} onChange={setPermission} />}
        </Field>
        <div className="flex flex-col gap-2">
          <SegmentedControl
            label={t('where')}
            value={where}
            onValueChange={setWhere}
            options={[
              { value: 'everywhere', label: t('everywhere') },
              { value: 'project', label: t('project') },
            ]}
          />
          {where === 'project' && <ProjectPicker value={projectId} onChange={setProjectId} />}
        </div>
        <Field label={t('reason')} hint={t('reasonHint', { name: person.displayName })}>
          {(field) => (
            <Input {...field} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        <Field label={t('until')} hint={t('untilHint')} optional>
          {(field) => <Input {...field} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  )
}
