import type { UserView } from '@sparkle/shared/users'
import type { ReactNode } from 'react'
import { useNow, useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { DataTable, type DataColumn } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Badge, StatusText, type Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session.tsx'
import { MemberMenu } from './member-menu.tsx'
import { useRoleName } from './use-role-name.ts'

interface TeamTableProps {
  members: readonly UserView[]
  /** Ids of the active admins among all of the studio, so that the last one can be told. */
  adminIds: readonly string[]
  footer?: ReactNode
}

export function TeamTable({ members, adminIds, footer }: TeamTableProps) {
  const t = useTranslations('team')
  const role = useRoleName()
  const mayChange = useCan('users:update')
  const seesRights = useCan('roles:read')
  const columns: DataColumn<UserView>[] = [
    { id: 'name', header: t('columns.name'), cell: (member) => <Person member={member} /> },
    { id: 'role', header: t('columns.role'), cell: (member) => role(member), width: '128px', from: 'sm' },
    {
      id: 'status',
      header: t('columns.status'),
      cell: (member) => <Status member={member} />,
      width: '172px',
      from: 'md',
    },
    {
      id: 'projects',
      header: t('columns.projects'),
      cell: ({ openProjects }) => <span className={cn(openProjects === 0 && 'text-faint')}>{openProjects}</span>,
      width: '128px',
      align: 'end',
      from: 'lg',
    },
    {
      id: 'seen',
      header: t('columns.seen'),
      cell: (member) => <LastSeen member={member} />,
      width: '148px',
      from: 'lg',
    },
  ]
  if (mayChange || seesRights) {
    columns.push({
      id: 'actions',
      header: '',
      cell: (member) => <MemberMenu member={member} isLastAdmin={adminIds.length === 1 && adminIds[0] === member.id} />,
      width: '60px',
      align: 'end',
    })
  }
  return <DataTable label={t('label')} columns={columns} rows={members} rowId={({ id }) => id} footer={footer} />
}

function Person({ member }: { member: UserView }) {
  const t = useTranslations('team')
  const role = useRoleName()
  const { user } = useSession()
  const { displayName, email, avatarUrl, status } = member
  return (
    <span className={cn('flex min-w-0 items-center gap-3 py-1.5', status === 'deactivated' && 'opacity-75')}>
      <Avatar name={displayName} src={avatarUrl} />
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <span className="truncate font-strong">{displayName}</span>
          {member.id === user.id && <Badge>{t('you')}</Badge>}
        </span>
        {displayName !== email && <span className="block truncate text-small text-muted">{email}</span>}
        <span className="flex items-center gap-2 text-small text-muted md:hidden">
          <span className="sm:hidden">{role(member)}</span>
          {status !== 'active' && <Status member={member} />}
        </span>
      </span>
    </span>
  )
}

const tones: Record<UserView['status'] | 'expired', Tone> = {
  active: 'ok',
  invited: 'info',
  expired: 'warn',
  deactivated: 'neutral',
}

function Status({ member: { status, invitationExpiresAt } }: { member: UserView }) {
  const t = useTranslations('team')
  const formats = useFormats()
  const now = useNow({ updateInterval: 60_000 })
  const until = invitationExpiresAt && new Date(invitationExpiresAt)
  const shown = status === 'invited' && until && until < now ? 'expired' : status
  return (
    <StatusText tone={tones[shown]} className="align-middle">
      <span title={invitationExpiresAt ? t('inviteUntil', { date: formats.date(invitationExpiresAt) }) : undefined}>
        {t(`status.${shown}`)}
      </span>
    </StatusText>
  )
}

function LastSeen({ member: { lastSeenAt } }: { member: UserView }) {
  const t = useTranslations('team')
  return lastSeenAt ? (
    <RelativeTime at={lastSeenAt} className="text-muted" />
  ) : (
    <span className="text-faint">{t('neverSeen')}</span>
  )
}
