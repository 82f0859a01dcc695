import type { ProjectInviteView } from '@sparkle/shared/project-invites'
import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { MailPlus, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { useNow, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusText } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { sharingQueries, useResendInvite, useRevokeInvite } from './api.ts'
import { InvitePeopleDialog } from './invite-people-dialog.tsx'

/** Who of the customer's household was invited to the project; nothing for those who may not invite. */
export function PeopleCard({ project, className }: { project: ProjectView; className?: string }) {
  const may = useCan('reviews:invite', placeOf(project)) && !project.deletedAt
  return may ? <People project={project} className={className} /> : null
}

function People({ project, className }: { project: ProjectView; className?: string }) {
  const t = useTranslations('sharing.people')
  const list = useInfiniteQuery(sharingQueries.invites(project.id))
  const [inviting, setInviting] = useState(false)
  const invites = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Card
      title={t('title')}
      className={className}
      action={
        <Button size="small" icon={<MailPlus />} onClick={() => setInviting(true)}>
          {t('invite')}
        </Button>
      }
    >
      {list.isPending && <SkeletonList rows={2} />}
      {list.isLoadingError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && invites.length === 0 && <p className="text-muted">{t('empty', { pet: project.petName })}</p>}
      {invites.length > 0 && (
        <ul className="-my-2 divide-y divide-line">
          {invites.map((invite) => (
            <InviteRow key={invite.id} invite={invite} />
          ))}
        </ul>
      )}
      <LoadMore {...list} />
      <InvitePeopleDialog project={project} open={inviting} onOpenChange={setInviting} />
    </Card>
  )
}

const tones = { open: 'info', used: 'ok', expired: 'warn', revoked: 'neutral' } as const
const dayMs = 86_400_000

function InviteRow({ invite }: { invite: ProjectInviteView }) {
  const t = useTranslations('sharing.people')
  const now = useNow({ updateInterval: 60_000 })
  const { email, role, state, expiresAt } = invite
  const days = Math.max(0, Math.ceil((Date.parse(expiresAt) - now.getTime()) / dayMs))
  return (
    <li className="flex items-center gap-1 py-2">
      <div className="min-w-0 grow">
        <p className="truncate font-strong">{email}</p>
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          {t(`role.${role}`)}
          <StatusText tone={tones[state]}>{t(`state.${state}`, { days })}</StatusText>
        </p>
      </div>
      {(state === 'open' || state === 'expired') && <InviteActions invite={invite} />}
    </li>
  )
}

function InviteActions({ invite }: { invite: ProjectInviteView }) {
  const t = useTranslations('sharing.people')
  const confirm = useConfirm()
  const resend = useResendInvite()
  const revoke = useRevokeInvite()
  const { email } = invite
  const ask = async () => {
    const yes = await confirm({
      title: t('revokeTitle', { email }),
      body: t('revokeBody'),
      confirmLabel: t('revoke'),
      danger: true,
    })
    if (yes) revoke.mutate(invite, { onSuccess: () => notify(t('revoked', { email })) })
  }
  return (
    <>
      <IconButton
        label={t('resend', { email })}
        icon={<RotateCw />}
        disabled={resend.isPending}
        onClick={() => resend.mutate(invite, { onSuccess: () => notify(t('resent', { email })) })}
      />
      <IconButton label={t('revokeNamed', { email })} icon={<X />} onClick={() => void ask()} />
    </>
  )
}
