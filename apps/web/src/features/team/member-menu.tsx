import { isAccountRole } from '@sparkle/shared/permissions'
import type { UserView } from '@sparkle/shared/users'
import { Ellipsis, MailX, Send, ShieldOff, UserRoundCheck, UserRoundX, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { useMemberActions } from './use-member-actions.ts'

interface MemberMenuProps {
  member: UserView
  /** The studio's only active admin stays as they are; the reason stands where the actions would be. */
  isLastAdmin: boolean
}

export function MemberMenu({ member, isLastAdmin }: MemberMenuProps) {
  const t = useTranslations('team')
  const [choosing, setChoosing] = useState(false)
  const actions = useMemberActions()
  const mayChangeRole = member.status !== 'deactivated' && !isAccountRole(member.role)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="small" bare label={t('actions', { name: member.displayName })} icon={<Ellipsis />} />
        }
      >
        {isLastAdmin && <p className="max-w-60 px-2 py-1.5 text-small text-muted">{t('lastAdmin')}</p>}
        {mayChangeRole && (
          <MenuItem icon={<UsersRound />} disabled={isLastAdmin} onSelect={() => setChoosing(true)}>
            {t('changeRole')}
          </MenuItem>
        )}
        {member.status === 'invited' && (
          <>
            <MenuItem icon={<Send />} onSelect={() => actions.resend(member)}>
              {t('resend')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<MailX />} danger onSelect={() => void actions.revoke(member)}>
              {t('revoke')}
            </MenuItem>
          </>
        )}
        {member.status === 'active' && member.secondFactor && (
          <MenuItem icon={<ShieldOff />} onSelect={() => void actions.resetFactor(member)}>
            {t('factorResetAction')}
          </MenuItem>
        )}
        {member.status === 'active' && (
          <MenuItem
            icon={<UserRoundX />}
            danger
            disabled={isLastAdmin}
            onSelect={() => void actions.deactivate(member)}
          >
            {t('deactivate')}
          </MenuItem>
        )}
        {member.status === 'deactivated' && (
          <MenuItem icon={<UserRoundCheck />} onSelect={() => actions.reactivate(member)}>
            {t('reactivate')}
          </MenuItem>
        )}
      </Menu>
      {choosing && (
        <RoleDialog
          member={member}
          onChange={(role) => actions.setRole(member, role)}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
