import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { useSignOut } from '../../features/auth/api.ts'
import { useSession } from '../../lib/session.tsx'
import { setTheme, themes, useTheme } from '../../lib/theme.ts'

const themeIcons = { system: <Monitor />, light: <Sun />, dark: <Moon /> }

export function ProfileMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTranslations('web')
  const navigate = useNavigate()
  const theme = useTheme()
  const signOut = useSignOut(() => void navigate('/sign-in'))
  const { user, role, isSuperAdmin } = useSession()
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t('top.profile')}
          className="flex size-9 items-center justify-center rounded-full pointer-coarse:size-11"
        >
          <Avatar name={user.displayName} src={user.avatarUrl} />
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-strong">{user.displayName}</p>
        <p className="truncate text-small text-muted">{user.email}</p>
        <p className="text-small text-muted">{isSuperAdmin ? t('role.superAdmin') : role && t(`role.${role}`)}</p>
      </div>
      <MenuSeparator />
      <MenuItem icon={<UserRound />} onSelect={() => void navigate('/settings/profile')}>
        {t('top.profile')}
      </MenuItem>
      <MenuItem icon={<Keyboard />} keys="?" onSelect={onShortcuts}>
        {t('top.shortcuts')}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={t('top.theme')}
        value={theme}
        onValueChange={setTheme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`), icon: themeIcons[value] }))}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => signOut.mutate()}>
        {t('top.signOut')}
      </MenuItem>
    </Menu>
  )
}
