import { Search, WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { StatusText } from '../../components/status.tsx'
import { NotificationBell } from '../../features/notifications/notification-bell.tsx'
import { useLiveStatus } from '../../lib/live.tsx'
import { ProfileMenu } from './profile-menu.tsx'
import { StudioSwitcher } from './studio-switcher.tsx'

export function TopBar({ onSearch, onShortcuts }: { onSearch: () => void; onShortcuts: () => void }) {
  const t = useTranslations('web.top')
  const waiting = useLiveStatus() === 'waiting'
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-line bg-canvas px-3 sm:px-6">
      <StudioSwitcher />
      <div className="flex grow justify-center px-2">
        <button
          type="button"
          onClick={onSearch}
          aria-keyshortcuts="Control+K"
          className="hidden h-9 w-full max-w-90 items-center gap-2 rounded-box border border-line bg-surface px-3 text-muted transition-colors hover:border-edge sm:flex"
        >
          <Search className="size-4" aria-hidden="true" />
          <span className="grow text-left">{t('searchHint')}</span>
          <Kbd keys="mod+k" />
        </button>
      </div>
      {waiting && (
        <StatusText tone="warn" icon={<WifiOff aria-hidden="true" />}>
          <span role="status" className="sr-only lg:not-sr-only">
            {t('offline')}
          </span>
        </StatusText>
      )}
      <IconButton label={t('search')} keys="mod+k" icon={<Search />} className="sm:hidden" onClick={onSearch} />
      <NotificationBell />
      <ProfileMenu onShortcuts={onShortcuts} />
    </header>
  )
}
