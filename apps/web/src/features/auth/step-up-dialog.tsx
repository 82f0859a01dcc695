import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { onStepUp } from '../../lib/step-up.ts'
import { useStepUp } from './api.ts'
import { usePasskeyStepUp, wasCalledOff } from './passkey-sign-in.ts'

/** Asks for the second factor over the page when a dangerous act wants to see it again; then the act goes on. */
export function StepUpDialog() {
  const t = useTranslations('auth.stepUp')
  const [open, setOpen] = useState(false)
  const answer = useRef<(shown: boolean) => void>(() => undefined)
  useEffect(
    () =>
      onStepUp(
        () =>
          new Promise((resolve) => {
            answer.current = resolve
            setOpen(true)
          }),
      ),
    [],
  )
  const close = (shown: boolean) => {
    setOpen(false)
    answer.current(shown)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || close(false)}
      title={t('title')}
      description={t('body')}
      width="small"
    >
      <CodeForm onDone={() => close(true)} />
    </Dialog>
  )
}

function CodeForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('auth.stepUp')
  const textOf = useProblemText()
  const show = useStepUp()
  const passkey = usePasskeyStepUp()
  const [code, setCode] = useState('')
  const failure = show.error ?? (wasCalledOff(passkey.error) ? null : passkey.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // React hands events of a portal to the form that the page's own dialogs may stand in.
    event.stopPropagation()
    if (!show.isPending && code) show.mutate(code, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t('code')} hint={t('codeHint')} error={failure ? textOf(failure) : undefined}>
        {(field) => <CodeInput {...field} value={code} onChange={(event) => setCode(event.target.value)} />}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        {browserSupportsWebAuthn() && (
          <Button
            icon={<KeyRound />}
            pending={passkey.isPending}
            onClick={() => passkey.mutate(undefined, { onSuccess: onDone })}
          >
            {t('passkey')}
          </Button>
        )}
        <Button type="submit" look="primary" pending={show.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  )
}
