import type { AccountMember } from '@sparkle/shared/accounts'
import { useQuery } from '@tanstack/react-query'
import { MailX, RotateCw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge, StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { useCan, useSession } from '../../lib/session.tsx'
import { peopleQuery, useResendInvitation, useRevokeInvitation } from './people-api.ts'

/** The people of a customer's account; who may invite also sends invitations again and withdraws them. */
export function PeopleList({ accountId }: { accountId: string }) {
  const mayInvite = useCan('accounts:invite', { accountId })
  const people = useQuery(peopleQuery(accountId))
  if (people.isPending) return <SkeletonList rows={3} className="h-16" />
  if (people.isLoadingError) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />
  return (
    <Card flush>
      <ul className="divide-y divide-line">
        {people.data.items.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
            <Person person={person} />
            {mayInvite && person.status === 'invited' && <InvitationActions accountId={accountId} invited={person} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

const tones = { active: 'ok', invited: 'info', deactivated: 'neutral' } as const

function Person({ person: { id, displayName, email, role, status } }: { person: AccountMember }) {
  const t = useTranslations('client.people')
  const isSelf = useSession().user.id === id
  return (
    <>
      <Avatar name={displayName} className="self-start" />
      <div className="min-w-0 grow basis-56">
        <p className="flex items-center gap-2">
          <span className="truncate font-strong">{displayName}</span>
          {isSelf && <Badge>{t('you')}</Badge>}
        </p>
        {/* Somebody who is invited has no other name yet. */}
        {email !== displayName && <p className="truncate text-small text-muted">{email}</p>}
        <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-small text-muted">
          {t(`role.${role}`)}
          {status !== 'active' && <StatusText tone={tones[status]}>{t(`status.${status}`)}</StatusText>}
        </p>
      </div>
    </>
  )
}

function InvitationActions({ accountId, invited }: { accountId: string; invited: AccountMember }) {
  const t = useTranslations('client.people')
  const confirm = useConfirm()
  const resend = useResendInvitation(accountId)
  const revoke = useRevokeInvitation(accountId)
  const { email } = invited
  const askToRevoke = async () => {
    const sure = await confirm({
      title: t('revokeTitle', { email }),
      body: t('revokeBody'),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (sure) revoke.mutate(invited, { onSuccess: () => notify(t('revoked', { email })) })
  }
  return (
    <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:pl-11">
      <Button
        size="small"
        icon={<RotateCw />}
        aria-label={t('resendNamed', { email })}
        pending={resend.isPending}
        onClick={() => resend.mutate(invited, { onSuccess: () => notify(t('resent', { email })) })}
      >
        {t('resend')}
      </Button>
      <Button
        size="small"
        look="quiet"
        icon={<MailX />}
        aria-label={t('revokeNamed', { email })}
        pending={revoke.isPending}
        onClick={() => void askToRevoke()}
      >
        {t('revoke')}
      </Button>
    </div>
  )
}
