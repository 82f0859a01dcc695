import { zodResolver } from '@hookform/resolvers/zod'
import { loginInput } from '@sparkle/shared/auth'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { z } from 'zod'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useSignIn } from './api.ts'
import { PasswordInput } from './password-input.tsx'

const form = loginInput.pick({ password: true, totp: true }).extend({ email: z.email() })

export function SignInForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('auth.signIn')
  const signIn = useSignIn()
  const { control, handleSubmit, resetField, setFocus } = useForm({
    resolver: zodResolver(form),
    defaultValues: { email: '', password: '', totp: '' },
  })
  const [asking, setAsking] = useState(false)
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
        {(field) => <Input {...field} type="email" autoComplete="username" inputMode="email" autoCapitalize="none" />}
      </FormField>
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
      <Button asChild look="quiet">
        <Link to="/forgot-password">{t('forgot')}</Link>
      </Button>
    </form>
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

export function SignInRefusal({ error }: { error: Error }) {
  const t = useTranslations('auth.signIn')
  const textOf = useProblemText()
  if (!isProblem(error)) return <Notice tone="bad">{textOf(error)}</Notice>
  if (error.code === 'auth.totp_required') return <Notice tone="info">{t('codeNeeded')}</Notice>
  if (error.code === 'auth.totp_wrong') return <Notice tone="bad">{t('codeWrong')}</Notice>
  if (error.status === 401) return <Notice tone="bad">{t('refused')}</Notice>
  if (error.status === 429)
    return <Notice tone="bad">{t('tooMany', { minutes: Math.ceil((error.retryAfterSeconds ?? 60) / 60) })}</Notice>
  return <Notice tone="bad">{textOf(error)}</Notice>
}
