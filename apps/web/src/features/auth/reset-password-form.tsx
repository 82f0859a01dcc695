import { zodResolver } from '@hookform/resolvers/zod'
import { resetPasswordInput } from '@sparkle/shared/auth'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { FormField } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { PasswordStrength } from '../../components/password-strength.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useResetPassword } from './api.ts'
import { PasswordInput } from './password-input.tsx'

const input = resetPasswordInput.pick({ password: true })

interface ResetPasswordFormProps {
  token: string
  /** Whose password it is, for the browser's store of passwords. */
  email: string
  onDone: () => void
}

export function ResetPasswordForm({ token, email, onDone }: ResetPasswordFormProps) {
  const t = useTranslations('auth.reset')
  const textOf = useProblemText()
  const reset = useResetPassword(token)
  const form = useForm({ resolver: zodResolver(input), defaultValues: { password: '' } })
  const password = useWatch({ control: form.control, name: 'password' })
  const { errors } = form.formState
  const submit = form.handleSubmit((values) => {
    if (!reset.isPending)
      reset.mutate(values.password, { onSuccess: onDone, onError: (error) => showFieldProblems(form, error) })
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {reset.error && !errors.password && <Notice tone="bad">{textOf(reset.error)}</Notice>}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <FormField control={form.control} name="password" label={t('password')} hint={t('passwordHint')}>
        {(field) => <PasswordInput {...field} autoComplete="new-password" />}
      </FormField>
      <PasswordStrength password={password} about={[email]} />
      <Button type="submit" look="primary" size="large" pending={reset.isPending} className="mt-2">
        {t('submit')}
      </Button>
    </form>
  )
}
