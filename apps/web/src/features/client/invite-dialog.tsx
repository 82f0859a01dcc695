import { zodResolver } from '@hookform/resolvers/zod'
import { inviteMemberInput, type InviteMemberInput } from '@sparkle/shared/accounts'
import { accountRoles } from '@sparkle/shared/permissions'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useInvitePerson } from './people-api.ts'

/** What the API refuses an address for, in words for a customer. */
const refusals = {
  'user.already_member': 'alreadyHere',
  'user.already_invited': 'alreadyInvited',
  'user.deactivated': 'accessEnded',
} as const

/** Asks an owner for the address of somebody of the household, and for what they may do. Mounted while it is open. */
export function InviteDialog({ accountId, onClose }: { accountId: string; onClose: () => void }) {
  const t = useTranslations('client.people')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const formId = useId()
  const invite = useInvitePerson(accountId)
  const form = useForm<InviteMemberInput>({
    resolver: zodResolver(inviteMemberInput),
    defaultValues: { email: '', role: 'member' },
  })
  const submit = form.handleSubmit((input) => {
    if (invite.isPending) return
    invite.mutate(input, {
      onSuccess: ({ email }) => {
        notify(t('sent', { email }))
        onClose()
      },
      onError: (error) => {
        const known = Object.entries(refusals).find(([code]) => isProblem(error, code))
        if (known) form.setError('email', { type: 'server', message: t(known[1]) }, { shouldFocus: true })
        else showFieldProblems(form, error)
      },
    })
  })
  // Read on every render: the form tells of its errors only those who have looked.
  const { errors } = form.formState
  const isUnplaced = invite.error !== null && Object.keys(errors).length === 0
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('inviteTitle')}
      description={t('inviteBody')}
      width="small"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" form={formId} look="primary" pending={invite.isPending}>
            {t('send')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        {isUnplaced && <Notice tone="bad">{textOf(invite.error)}</Notice>}
        <FormField control={form.control} name="email" label={t('email')}>
          {(field) => <Input {...field} type="email" inputMode="email" autoCapitalize="none" autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="role" label={t('roleLabel')}>
          {({ onChange, ...field }) => (
            <Select
              {...field}
              onValueChange={onChange}
              options={accountRoles.toReversed().map((value) => ({ value, label: t(`role.${value}`) }))}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  )
}
