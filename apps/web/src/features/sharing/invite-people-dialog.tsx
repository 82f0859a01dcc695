import { zodResolver } from '@hookform/resolvers/zod'
import { accountRoles } from '@sparkle/shared/permissions'
import { createProjectInviteInput } from '@sparkle/shared/project-invites'
import type { ProjectView } from '@sparkle/shared/projects'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useInvite } from './api.ts'

interface InvitePeopleDialogProps {
  project: ProjectView
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Invites one after another: a household has several people, and the dialog stays for the next one. */
export function InvitePeopleDialog({ project, open, onOpenChange }: InvitePeopleDialogProps) {
  const t = useTranslations('sharing.people')
  const formId = useId()
  const textOf = useProblemText()
  const invite = useInvite(project.id)
  const [sent, setSent] = useState<string[]>([])
  const form = useForm({
    resolver: zodResolver(createProjectInviteInput),
    defaultValues: { email: sent.length > 0 ? '' : (project.customerEmail ?? ''), role: 'owner' as const },
  })
  const close = () => {
    setSent([])
    invite.reset()
    form.reset()
    onOpenChange(false)
  }
  const submit = form.handleSubmit((input) => {
    if (invite.isPending) return
    invite.mutate(input, {
      onSuccess: ({ email }) => {
        setSent((before) => [...before, email])
        form.reset({ email: '', role: 'member' })
        form.setFocus('email')
      },
      onError: (error) => showFieldProblems(form, error),
    })
  })
  // Read on every render: the form tells of its errors only those who have looked.
  const { errors } = form.formState
  const refused = invite.error !== null && Object.keys(errors).length === 0
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || close()}
      title={t('dialogTitle', { pet: project.petName })}
      description={t('dialogBody')}
      footer={
        <>
          <Button look="quiet" onClick={close}>
            {sent.length > 0 ? t('done') : t('cancel')}
          </Button>
          <Button type="submit" form={formId} look="primary" pending={invite.isPending}>
            {sent.length > 0 ? t('inviteAnother') : t('send')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        {refused && (
          <Notice tone="bad">
            {isProblem(invite.error, 'user.of_another_account') ? t('otherClient') : textOf(invite.error)}
          </Notice>
        )}
        {sent.length > 0 && !refused && <Notice tone="ok">{t('sentTo', { emails: sent.join(', ') })}</Notice>}
        <FormField control={form.control} name="email" label={t('email')}>
          {(field) => <Input {...field} type="email" autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="role" label={t('roleLabel')} hint={t('roleHint')}>
          {({ onChange, value, ...field }) => (
            <Select
              {...field}
              value={value ?? 'member'}
              onValueChange={onChange}
              options={accountRoles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  )
}
