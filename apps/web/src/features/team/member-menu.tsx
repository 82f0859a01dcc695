import { isAccountRole } from '@sparkle/shared/permissions'
import type { UserView } from '@sparkle/shared/users'
import { Ellipsis, KeyRound, LogIn, MailX, Send, ShieldOff, UserRoundCheck, UserRoundX, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { useCan, useSession } from '../../lib/session.tsx'
import { IdentitiesDialog } from './identities-dialog.tsx'
import { mayGive } from './may-give.ts'
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
  const [links, setLinks] = useState(false)
  const actions = useMemberActions()
  const rights = useTranslations('permissions')
  const navigate = useNavigate()
  const mayChange = useCan('users:update')
  const seesRights = useCan('roles:read') && member.status !== 'invited'
  const session = useSession()
  // What would outlive the visit of somebody of the platform is not theirs to do.
  const mayGivePower = mayChange && session.actingAs === null
  const mayChangeRole =
    mayGivePower && mayGive(session, member.role) && member.status !== 'deactivated' && !isAccountRole(member.role)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="small" bare label={t('actions', { name: member.displayName })} icon={<Ellipsis />} />
        }
      >
        {mayChange && isLastAdmin && <p className="max-w-60 px-2 py-1.5 text-small text-muted">{t('lastAdmin')}</p>}
        {seesRights && (
          <MenuItem icon={<KeyRound />} onSelect={() => void navigate(`/team/${member.id}/permissions`)}>
            {rights('personAction')}
          </MenuItem>
        )}
        {mayChangeRole && (
          <MenuItem icon={<UsersRound />} disabled={isLastAdmin} onSelect={() => setChoosing(true)}>
            {t('changeRole')}
          </MenuItem>
        )}
        {mayChange && member.status === 'invited' && (
          <>
            {mayGivePower && (
              <>
                <MenuItem icon={<Send />} onSelect={() => actions.resend(member)}>
                  {t('resend')}
                </MenuItem>
                <MenuSeparator />
              </>
            )}
            <MenuItem icon={<MailX />} danger onSelect={() => void actions.revoke(member)}>
              {t('revoke')}
            </MenuItem>
          </>
        )}
        {mayChange && member.status === 'active' && (
          <MenuItem icon={<LogIn />} onSelect={() => setLinks(true)}>
            {t('links.action')}
          </MenuItem>
        )}
        {mayChange && member.status === 'active' && member.secondFactor && (
          <MenuItem icon={<ShieldOff />} onSelect={() => void actions.resetFactor(member)}>
            {t('factorResetAction')}
          </MenuItem>
        )}
        {mayChange && member.status === 'active' && (
          <MenuItem
            icon={<UserRoundX />}
            danger
            disabled={isLastAdmin}
            onSelect={() => void actions.deactivate(member)}
          >
            {t('deactivate')}
          </MenuItem>
        )}
        {mayGivePower && member.status === 'deactivated' && (
          <MenuItem icon={<UserRoundCheck />} onSelect={() => actions.reactivate(member)}>
            {t('reactivate')}
          </MenuItem>
        )}
      </Menu>
      {links && <IdentitiesDialog member={member} onClose={() => setLinks(false)} />}
      {choosing && (
        <RoleDialog
          member={member}
          onChange={(choice) => actions.setRole(member, choice)}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  )
}
