import type { MeView } from '@sparkle/shared/auth'
import { useState, type FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { useSignInAgain } from './api.ts'
import { PasswordInput } from './password-input.tsx'
import { asksForCode, withCode } from './sign-in-form.tsx'
import { SignInRefusal } from './sign-in-refusal.tsx'

interface SignInAgainProps {
  me: MeView
  /** Where somebody else signs in instead. */
  elsewhere: string
  open: boolean
  onClose: () => void
  onDone: () => void
}

/** Asks for the password over the page when the session has ended in the middle of work: nothing on it is lost. */
export function SignInAgain({ me, elsewhere, open, onClose, onDone }: SignInAgainProps) {
  const t = useTranslations('auth.signIn')
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t('again')}
      description={t('ended')}
      width="small"
    >
      <PasswordForm me={me} elsewhere={elsewhere} onDone={onDone} />
    </Dialog>
  )
}

function PasswordForm({ me, elsewhere, onDone }: Pick<SignInAgainProps, 'me' | 'elsewhere' | 'onDone'>) {
  const t = useTranslations('auth.signIn')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  const signIn = useSignInAgain(me)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // React hands events of a portal to the form that the page's own dialogs may stand in.
    event.stopPropagation()
    if (!signIn.isPending && password) signIn.mutate(withCode({ password, totp }), { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {signIn.error && <SignInRefusal error={signIn.error} />}
      <Field label={t('email')}>
        {({ 'aria-required': _required, ...field }) => (
          <Input
            {...field}
            type="email"
            autoComplete="username"
            value={me.user.email}
            readOnly
            className="text-muted"
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(field) => (
          <PasswordInput
            {...field}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {signIn.error && (asksForCode(signIn.error) || totp) && (
        <Field label={t('code')} hint={t('codeHint')}>
          {(field) => <CodeInput {...field} value={totp} onChange={(event) => setTotp(event.target.value)} />}
        </Field>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button asChild look="quiet">
          <a href={elsewhere}>{t('other')}</a>
        </Button>
        <Button type="submit" look="primary" pending={signIn.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  )
}
