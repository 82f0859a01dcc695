import { zodResolver } from '@hookform/resolvers/zod'
import { changeEmailInput, type ProfileView } from '@sparkle/shared/auth'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { StatusPill } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useAskForEmail, useKeepEmail, useResendConfirmation } from './api.ts'

/** The address somebody signs in with, and the one that waits to take its place. */
export function EmailCard({ profile }: { profile: ProfileView }) {
  const t = useTranslations('profile.signIn')
  const [open, setOpen] = useState(false)
  const keep = useKeepEmail()
  const resend = useResendConfirmation()
  const { email, emailConfirmed, pendingEmail } = profile
  const sendAgain = (
    <Button
      size="small"
      pending={resend.isPending}
      onClick={() => resend.mutate(undefined, { onSuccess: () => notify(t('resent')) })}
    >
      {t('resend')}
    </Button>
  )
  return (
    <Card
      title={t('email')}
      action={
        <Dialog
          open={open}
          onOpenChange={setOpen}
          trigger={<Button size="small">{t('changeEmail')}</Button>}
          title={t('changeEmail')}
          width="small"
        >
          <EmailForm
            onDone={(asked) => {
              setOpen(false)
              notify(t('asked', { email: asked }))
            }}
          />
        </Dialog>
      }
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 wrap-anywhere">{t('emailNow', { email })}</span>
        <StatusPill tone={emailConfirmed ? 'ok' : 'warn'}>
          {emailConfirmed ? t('emailConfirmed') : t('emailUnconfirmed')}
        </StatusPill>
      </p>
      {pendingEmail ? (
        <Notice tone="info" className="mt-3">
          <p className="wrap-anywhere">{t('emailWaiting', { email: pendingEmail })}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            {sendAgain}
            <Button
              size="small"
              look="quiet"
              pending={keep.isPending}
              onClick={() => keep.mutate(undefined, { onSuccess: () => notify(t('kept')) })}
            >
              {t('cancelChange')}
            </Button>
          </div>
        </Notice>
      ) : (
        !emailConfirmed && <div className="mt-3">{sendAgain}</div>
      )}
    </Card>
  )
}

function EmailForm({ onDone }: { onDone: (email: string) => void }) {
  const t = useTranslations('profile.signIn')
  const textOf = useProblemText()
  const ask = useAskForEmail()
  const form = useForm({ resolver: zodResolver(changeEmailInput), defaultValues: { email: '', currentPassword: '' } })
  const { errors } = form.formState
  const submit = form.handleSubmit((values) => {
    if (ask.isPending) return
    ask.mutate(values, {
      onSuccess: () => onDone(values.email),
      onError: (error) => showFieldProblems(form, error),
    })
  })
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {ask.error && !errors.email && !errors.currentPassword && <Notice tone="bad">{textOf(ask.error)}</Notice>}
      <FormField control={form.control} name="email" label={t('newEmail')} hint={t('newEmailHint')}>
        {(field) => <Input {...field} type="email" autoComplete="email" inputMode="email" autoCapitalize="none" />}
      </FormField>
      <FormField control={form.control} name="currentPassword" label={t('currentPassword')}>
        {(field) => <Input {...field} type="password" autoComplete="current-password" />}
      </FormField>
      <Button type="submit" look="primary" pending={ask.isPending} className="self-start">
        {t('changeEmail')}
      </Button>
    </form>
  )
}
