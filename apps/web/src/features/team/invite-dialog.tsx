import { zodResolver } from '@hookform/resolvers/zod'
import { studioRoles, type StudioRole } from '@sparkle/shared/permissions'
import { inviteUserInput, type InviteUserInput } from '@sparkle/shared/users'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useInviteUser } from './api.ts'
import { RoleChoice } from './role-choice.tsx'
import { RoleDetails } from './role-details.tsx'

/** Asks somebody to the team: whom, and as what. */
export function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('team')
  const formId = useId()
  const invite = useInviteUser()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('inviteTitle')}
      description={t('inviteBody')}
      footer={
        <Button type="submit" form={formId} look="primary" pending={invite.isPending}>
          {t('send')}
        </Button>
      }
    >
      <InviteForm id={formId} invite={invite} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

interface InviteFormProps {
  id: string
  invite: ReturnType<typeof useInviteUser>
  onDone: () => void
}

function InviteForm({ id, invite, onDone }: InviteFormProps) {
  const t = useTranslations('team')
  const textOf = useProblemText()
  const [refusal, setRefusal] = useState<unknown>(null)
  const [role, setRole] = useState<StudioRole>('artist')
  const form = useForm<Pick<InviteUserInput, 'email'>>({
    resolver: zodResolver(inviteUserInput.pick({ email: true })),
    defaultValues: { email: '' },
  })
  const submit = form.handleSubmit(({ email }) => {
    if (invite.isPending) return
    setRefusal(null)
    invite.mutate(
      { email, role },
      {
        onSuccess: () => {
          notify(t('invited', { email }))
          onDone()
        },
        onError: (error) => setRefusal(showFieldProblems(form, error) ? null : error),
      },
    )
  })
  return (
    <form id={id} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      {refusal !== null && <Notice tone="bad">{textOf(refusal)}</Notice>}
      <FormField control={form.control} name="email" label={t('email')}>
        {(field) => <Input {...field} type="email" inputMode="email" autoCapitalize="none" autoComplete="off" />}
      </FormField>
      <div>
        <p aria-hidden="true" className="mb-1.5 font-strong">
          {t('role')}
        </p>
        <RoleChoice
          value={role}
          onChange={(value) => setRole(studioRoles.find((name) => name === value) ?? 'artist')}
        />
      </div>
      <RoleDetails chosen={role} />
    </form>
  )
}
