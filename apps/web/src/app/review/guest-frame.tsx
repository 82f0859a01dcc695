import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { LogOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'

interface GuestFrameProps {
  visit: GuestSessionView
  onLeave: () => void
  children: ReactNode
}

/** The studio leads, and the guest sees under which name they are here; a version on a phone takes the whole window. */
export function GuestFrame({ visit, onLeave, children }: GuestFrameProps) {
  const t = useTranslations('sharing.guest')
  return (
    <div className="flex min-h-dvh flex-col has-[[data-whole-window]]:max-md:[&>header]:hidden">
      <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 sm:px-6">
        <span className="min-w-0 grow truncate font-strong">{visit.studioName}</span>
        <span className="min-w-0 truncate text-small text-muted">{t('as', { name: visit.name })}</span>
        <IconButton label={t('leave')} icon={<LogOut />} onClick={onLeave} />
      </header>
      <main className="flex min-h-0 grow flex-col">{children}</main>
    </div>
  )
}
