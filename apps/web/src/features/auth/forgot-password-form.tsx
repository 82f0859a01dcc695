import { zodResolver } from '@hookform/resolvers/zod'
import { forgotPasswordInput } from '@sparkle/shared/auth'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useForgotPassword } from './api.ts'

/** Says the same whether or not anybody signs in with the address, as the API does. */
export function ForgotPasswordForm({ onSent }: { onSent: (email: string) => void }) {
  const t = useTranslations('auth.forgot')
  const textOf = useProblemText()
  const ask = useForgotPassword()
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(forgotPasswordInput),
    defaultValues: { email: '' },
  })
  const submit = handleSubmit(({ email }) => {
    if (!ask.isPending) ask.mutate(email, { onSuccess: () => onSent(email) })
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {ask.error && <Notice tone="bad">{textOf(ask.error)}</Notice>}
      <FormField control={control} name="email" label={t('email')}>
        {(field) => <Input {...field} type="email" autoComplete="username" inputMode="email" autoCapitalize="none" />}
      </FormField>
      <Button type="submit" look="primary" size="large" pending={ask.isPending} className="mt-2">
        {t('submit')}
      </Button>
    </form>
  )
}
