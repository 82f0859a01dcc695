import { zodResolver } from '@hookform/resolvers/zod'
import { acceptInviteInput } from '@sparkle/shared/auth'
import { isAccountRole } from '@sparkle/shared/permissions'
import { password as newPassword } from '@sparkle/shared/text'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CodeInput } from '../../components/code-input.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { PasswordStrength } from '../../components/password-strength.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useAcceptInvite, type InviteView } from './api.ts'
import { PasswordInput } from './password-input.tsx'
import { asksForCode, withCode } from './sign-in-form.tsx'
import { SignInRefusal } from './sign-in-refusal.tsx'

interface AcceptInviteFormProps {
  token: string
  invite: InviteView
  /** Told the project they were invited to, if it was one. */
  onDone: (projectId: string | null) => void
}

const knownInput = acceptInviteInput.required({ password: true })
const newInput = acceptInviteInput.extend({ password: newPassword }).required({ name: true })

/** A new person chooses a name and a password; somebody with an account proves it by the password it has. */
export function AcceptInviteForm({ token, invite, onDone }: AcceptInviteFormProps) {
  const t = useTranslations('auth.invite')
  const signIn = useTranslations('auth.signIn')
  const textOf = useProblemText()
  const accept = useAcceptInvite(token)
  const form = useForm({
    resolver: zodResolver(invite.existingUser ? knownInput : newInput),
    defaultValues: invite.existingUser ? { password: '', totp: '' } : { name: '', password: '' },
  })
  const [password = '', name] = useWatch({ control: form.control, name: ['password', 'name'] })
  const { errors } = form.formState
  const submit = form.handleSubmit((values) => {
    if (!accept.isPending)
      accept.mutate(withCode(values), {
        onSuccess: ({ projectId }) => onDone(projectId),
        onError: (error) => showFieldProblems(form, error),
      })
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {accept.error &&
        !errors.password &&
        (asksForCode(accept.error) ? (
          <SignInRefusal error={accept.error} />
        ) : (
          <Notice tone="bad">{textOf(accept.error)}</Notice>
        ))}
      {invite.existingUser ? (
        <Notice tone="info">{t('existing')}</Notice>
      ) : (
        <FormField
          control={form.control}
          name="name"
          label={t('name')}
          hint={t(isAccountRole(invite.role) ? 'nameHintClient' : 'nameHint', { studio: invite.studioName })}
        >
          {({ value, ...field }) => <Input {...field} value={value ?? ''} autoComplete="name" />}
        </FormField>
      )}
      <FormField
        control={form.control}
        name="password"
        label={t('password')}
        hint={invite.existingUser ? undefined : t('passwordHint')}
      >
        {({ value, ...field }) => (
          <PasswordInput
            {...field}
            value={value ?? ''}
            autoComplete={invite.existingUser ? 'current-password' : 'new-password'}
          />
        )}
      </FormField>
      {accept.error && asksForCode(accept.error) && (
        <FormField control={form.control} name="totp" label={signIn('code')} hint={signIn('codeHint')}>
          {({ value, ...field }) => <CodeInput {...field} value={value ?? ''} />}
        </FormField>
      )}
      {!invite.existingUser && <PasswordStrength password={password} about={[name ?? '']} />}
      <Button type="submit" look="primary" size="large" pending={accept.isPending} className="mt-2">
        {t('submit')}
      </Button>
    </form>
  )
}
