import type { PasskeyView } from '@sparkle/shared/passkeys'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { notify } from '../../components/toast.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { deviceOf } from '../../lib/device.ts'
import { creationFault, useAddPasskey, useRenamePasskey } from './passkeys.ts'

/** Names a passkey: a new one, which the browser then makes, or one that is there. */
export function PasskeyDialog({ passkey, onClose }: { passkey: PasskeyView | null; onClose: () => void }) {
  const t = useTranslations('profile.passkeys')
  const textOf = useProblemText()
  const [name, setName] = useState(passkey?.name ?? nameOfDevice())
  const add = useAddPasskey()
  const rename = useRenamePasskey()
  const failure = add.error ?? rename.error
  const fault = failure && (isProblem(failure) ? textOf(failure) : browserFault(creationFault(failure)))
  function browserFault(kind: ReturnType<typeof creationFault>) {
    return kind ? t(`fault.${kind}`) : undefined
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = name.trim()
    if (!typed || add.isPending || rename.isPending) return
    if (passkey) rename.mutate({ ...passkey, name: typed }, { onSuccess: onClose })
    else
      add.mutate(typed, {
        onSuccess: () => {
          notify(t('addedNow', { name: typed }))
          onClose()
        },
      })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={passkey ? t('renameTitle') : t('addTitle')}
      description={passkey ? undefined : t('addBody')}
      width="small"
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t('name')} hint={t('nameHint')} error={fault ?? undefined}>
          {(field) => (
            <Input
              {...field}
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          look="primary"
          pending={add.isPending || rename.isPending}
          disabled={!name.trim()}
          className="self-end"
        >
          {passkey ? t('rename') : t('make')}
        </Button>
      </form>
    </Dialog>
  )
}

function nameOfDevice(): string {
  const { browser, system } = deviceOf(navigator.userAgent)
  return [browser, system].filter(Boolean).join(', ')
}
