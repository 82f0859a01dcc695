import { zodResolver } from '@hookform/resolvers/zod'
import {
  type AccountDetail,
  type AccountMember,
  inviteMemberInput,
  type InviteMemberInput,
} from '@sparkle/shared/accounts'
import { accountRoles } from '@sparkle/shared/permissions'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, UserRoundMinus, UserRoundPlus } from 'lucide-react'
import { useId, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { FormField } from '../../components/field.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { showFieldProblems } from '../../lib/forms.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan, useSession } from '../../lib/session.tsx'
import { clientQueries, useInviteMember, useRemoveMember, useSetMemberRole } from './api.ts'

const tones = { active: 'ok', invited: 'info', deactivated: 'neutral' } as const

export function MembersCard({ client }: { client: AccountDetail }) {
  const t = useTranslations('clients')
  const mayInvite = useCan('accounts:invite')
  const mayChange = useCan('accounts:update')
  const members = useQuery(clientQueries.members(client.id))
  const [inviting, setInviting] = useState(false)
  return (
    <Card
      title={t('members')}
      action={
        mayInvite && (
          <Button size="small" icon={<UserRoundPlus />} onClick={() => setInviting(true)}>
            {t('invite')}
          </Button>
        )
      }
    >
      {members.isPending && <SkeletonList rows={2} />}
      {members.isLoadingError && <ErrorState error={members.error} onRetry={() => void members.refetch()} />}
      {members.data?.items.length === 0 && <p className="text-muted">{t('noMembers')}</p>}
      <ul className="flex flex-col gap-3">
        {members.data?.items.map((member) => (
          <li key={member.id} className="flex items-center gap-2">
            <div className="min-w-0 grow">
              <p className="truncate font-strong">{member.displayName}</p>
              <p className="flex flex-wrap gap-x-2 text-small text-muted">
                {t(`role.${member.role}`)}
                <StatusText tone={tones[member.status]}>{t(`status.${member.status}`)}</StatusText>
              </p>
            </div>
            {mayChange && member.status !== 'deactivated' && <MemberMenu clientId={client.id} member={member} />}
          </li>
        ))}
      </ul>
      <InviteDialog client={client} open={inviting} onOpenChange={setInviting} />
    </Card>
  )
}

function MemberMenu({ clientId, member }: { clientId: string; member: AccountMember }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const confirm = useConfirm()
  const setRole = useSetMemberRole(clientId)
  const remove = useRemoveMember(clientId)
  // Nobody of the platform gives power that would outlive their visit.
  const mayGive = useSession().actingAs === null
  const { displayName: name, role, status } = member
  const invited = status === 'invited'
  const failed = { onError: (error: unknown) => notify(textOf(error), { tone: 'bad' }) }
  const end = async () => {
    const sure = await confirm({
      title: t(invited ? 'withdrawTitle' : 'endTitle', { name }),
      body: t(invited ? 'withdrawBody' : 'endBody', { name }),
      confirmLabel: t(invited ? 'withdraw' : 'endAccess'),
      danger: true,
    })
    if (sure) remove.mutate(member, failed)
  }
  return (
    <Menu align="end" trigger={<IconButton size="small" bare label={t('actions', { name })} icon={<Ellipsis />} />}>
      {mayGive && (
        <>
          <MenuChoice
            label={t('roleLabel')}
            value={role}
            onValueChange={(next) => next !== role && setRole.mutate({ ...member, role: next }, failed)}
            options={accountRoles.map((value) => ({
              value,
              label: t(`role.${value}`),
              hint: t(`roleHint.${value}`),
            }))}
          />
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={<UserRoundMinus />} danger onSelect={() => void end()}>
        {t(invited ? 'withdraw' : 'endAccess')}
      </MenuItem>
    </Menu>
  )
}

function InviteDialog({
  client,
  open,
  onOpenChange,
}: {
  client: AccountDetail
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useTranslations('clients')
  const formId = useId()
  const textOf = useProblemText()
  const invite = useInviteMember(client.id)
  const [refusal, setRefusal] = useState<unknown>(null)
  const form = useForm<InviteMemberInput>({
    resolver: zodResolver(inviteMemberInput),
    defaultValues: { email: '', role: 'owner' },
  })
  const submit = form.handleSubmit(async (input) => {
    setRefusal(null)
    try {
      await invite.mutateAsync(input)
      notify(t('invited', { email: input.email }))
      form.reset()
      onOpenChange(false)
    } catch (error) {
      setRefusal(showFieldProblems(form, error) ? null : error)
    }
  })
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('inviteTitle', { name: client.name })}
      description={t('inviteBody')}
      footer={
        <Button type="submit" form={formId} look="primary" pending={invite.isPending}>
          {t('invite')}
        </Button>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
        {refusal !== null && <Notice tone="bad">{textOf(refusal)}</Notice>}
        <FormField control={form.control} name="email" label={t('email')}>
          {(field) => <Input {...field} type="email" autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="role" label={t('roleLabel')}>
          {({ onChange, ...field }) => (
            <Select
              {...field}
              onValueChange={onChange}
              options={accountRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
            />
          )}
        </FormField>
      </form>
    </Dialog>
  )
}
