import { zodResolver } from '@hookform/resolvers/zod'
import { changePasswordInput } from '@sparkle/shared/auth'
import { useState, type ReactNode } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { PasswordStrength } from '../../components/password-strength.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useSession } from '../../lib/session.tsx'
import { useChangePassword } from './api.ts'

export function PasswordCard() {
  const t = useTranslations('profile.signIn')
  const [open, setOpen] = useState(false)
  return (
    <Card
      title={t('password')}
      action={
        <Dialog
          open={open}
          onOpenChange={setOpen}
          trigger={<Button size="small">{t('changePassword')}</Button>}
          title={t('changePassword')}
          description={t('passwordBody')}
          width="small"
        >
          <PasswordForm
            onDone={() => {
              setOpen(false)
              notify(t('passwordChanged'))
            }}
          />
        </Dialog>
      }
    >
      <p className="text-muted">{t('passwordBody')}</p>
    </Card>
  )
}

function PasswordForm({ onDone }: { onDone: () => void }): ReactNode {
  const t = useTranslations('profile.signIn')
  const textOf = useProblemText()
  const change = useChangePassword()
  const form = useForm({
    resolver: zodResolver(changePasswordInput),
    defaultValues: { currentPassword: '', password: '' },
  })
  const { errors } = form.formState
  const { user } = useSession()
  const password = useWatch({ control: form.control, name: 'password' })
  const submit = form.handleSubmit((values) => {
    if (!change.isPending)
      change.mutate(values, { onSuccess: onDone, onError: (error) => showFieldProblems(form, error) })
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {change.error && !errors.password && !errors.currentPassword && (
        <Notice tone="bad">{textOf(change.error)}</Notice>
      )}
      <FormField control={form.control} name="currentPassword" label={t('currentPassword')}>
        {(field) => <Input {...field} type="password" autoComplete="current-password" />}
      </FormField>
      <FormField control={form.control} name="password" label={t('newPassword')} hint={t('newPasswordHint')}>
        {(field) => <Input {...field} type="password" autoComplete="new-password" />}
      </FormField>
      <PasswordStrength password={password} about={[user.email, user.displayName]} />
      <Button type="submit" look="primary" pending={change.isPending} className="self-start">
        {t('changePassword')}
      </Button>
    </form>
  )
}
