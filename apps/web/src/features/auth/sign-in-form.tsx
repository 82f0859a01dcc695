import { zodResolver } from '@hookform/resolvers/zod'
import { loginInput } from '@sparkle/shared/auth'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { KeyRound } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useSignIn } from './api.ts'
import { usePasskeyAutofill, usePasskeySignIn, wasCalledOff } from './passkey-sign-in.ts'
import { PasswordInput } from './password-input.tsx'
import { SignInRefusal } from './sign-in-refusal.tsx'
import { SsoButtons } from './sso.tsx'

const form = loginInput.pick({ password: true, totp: true }).extend({ email: z.email() })

interface SignInFormProps {
  /** The studio named in the address, whose own sign-in is offered at once. */
  studio: string | null
  /** Where to go on. */
  next: string
  onDone: () => void
}

/** Password, passkey, or the own sign-in of the studio that the typed address belongs to. */
export function SignInForm({ studio, next, onDone }: SignInFormProps) {
  const t = useTranslations('auth.signIn')
  const signIn = useSignIn()
  const { control, handleSubmit, resetField, setFocus } = useForm({
    resolver: zodResolver(form),
    defaultValues: { email: '', password: '', totp: '' },
  })
  const email = useDeferredValue(useWatch({ control, name: 'email' }))
  const [asking, setAsking] = useState(false)
  usePasskeyAutofill(onDone)
  useEffect(() => {
    if (asking) setFocus('totp')
  }, [asking, setFocus])
  const submit = handleSubmit((values) => {
    if (signIn.isPending) return
    signIn.mutate(withCode(values), {
      onSuccess: onDone,
      onError: (error) => {
        if (!asksForCode(error)) {
          resetField('password')
          setFocus('password')
        } else if (asking) {
          resetField('totp')
          setFocus('totp')
        } else setAsking(true)
      },
    })
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {signIn.error && <SignInRefusal error={signIn.error} />}
      <FormField control={control} name="email" label={t('email')}>
        {(field) => (
          <Input {...field} type="email" autoComplete="username webauthn" inputMode="email" autoCapitalize="none" />
        )}
      </FormField>
      <SsoButtons email={email.trim()} studio={studio} next={next} />
      <FormField control={control} name="password" label={t('password')}>
        {(field) => <PasswordInput {...field} autoComplete="current-password" />}
      </FormField>
      {asking && (
        <FormField control={control} name="totp" label={t('code')} hint={t('codeHint')}>
          {({ value, ...field }) => <CodeInput {...field} value={value ?? ''} />}
        </FormField>
      )}
      <Button type="submit" look="primary" size="large" pending={signIn.isPending} className="mt-2">
        {signIn.isPending ? t('pending') : t('submit')}
      </Button>
      <PasskeyButton onDone={onDone} />
      <Button asChild look="quiet">
        <Link to="/forgot-password">{t('forgot')}</Link>
      </Button>
    </form>
  )
}

function PasskeyButton({ onDone }: { onDone: () => void }) {
  const t = useTranslations('auth.passkey')
  const show = usePasskeySignIn()
  if (!browserSupportsWebAuthn()) return null
  return (
    <>
      <Button
        size="large"
        icon={<KeyRound />}
        pending={show.isPending}
        onClick={() => show.mutate(undefined, { onSuccess: onDone })}
      >
        {t('use')}
      </Button>
      {show.error && !wasCalledOff(show.error) && (
        <p role="alert" className="text-small text-bad">
          {t('refused')}
        </p>
      )}
    </>
  )
}

/** Whether password and all were right but for the second factor. */
export function asksForCode(error: Error): boolean {
  return isProblem(error, 'auth.totp_required') || isProblem(error, 'auth.totp_wrong')
}

/** An empty field is no code. */
export function withCode<T extends { totp?: string }>({ totp, ...rest }: T) {
  return { ...rest, ...(totp && { totp }) }
}
