import { studioRoles, type StudioRole } from '@sparkle/shared/permissions'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useAddServiceAccount } from './api.ts'

/** Asks for the name of a service account and for the most it may do. */
export function AddServiceAccount({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('apiKeys.service')
  const role = useTranslations('web.role')
  const textOf = useProblemText()
  const formId = useId()
  const add = useAddServiceAccount()
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<StudioRole>('manager')
  const close = () => {
    setName('')
    add.reset()
    onClose()
  }
  const submit = () => {
    if (!name.trim() || add.isPending) return
    add.mutate(
      { name, role: chosen },
      {
        onSuccess: (added) => {
          notify(t('added', { name: added.name }))
          close()
        },
      },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || close()}
      title={t('addTitle')}
      description={t('addBody')}
      width="small"
      footer={
        <Button type="submit" form={formId} look="primary" pending={add.isPending} disabled={!name.trim()}>
          {t('add')}
        </Button>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {add.error && <Notice tone="bad">{textOf(add.error)}</Notice>}
        <Field label={t('name')}>
          {(tie) => (
            <Input
              {...tie}
              value={name}
              maxLength={80}
              autoComplete="off"
              placeholder={t('nameExample')}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('role')} hint={t('roleHint')}>
          {(tie) => (
            <Select
              {...tie}
              value={chosen}
              onValueChange={setChosen}
              options={studioRoles.map((value) => ({ value, label: role(value) }))}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
