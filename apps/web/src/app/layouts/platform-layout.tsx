import { LogOut } from 'lucide-react'
import { Link, Navigate, Outlet, ScrollRestoration, useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Wordmark } from '../../components/logo.tsx'
import { Badge } from '../../components/status.tsx'
import { useSignOut } from '../../features/auth/api.ts'
import { useSession } from '../../lib/session.tsx'

/** The frame of the platform's pages. Whoever is at work in a studio, also for the platform, belongs there meanwhile. */
export function PlatformLayout() {
  const t = useTranslations('platform')
  const web = useTranslations('web')
  const navigate = useNavigate()
  const signOut = useSignOut(() => void navigate('/sign-in'))
  const { organization, user } = useSession()
  if (organization) return <Navigate to="/" replace />
  return (
    <div className="flex min-h-dvh flex-col">
      <a href="#page" className="floating fixed top-2 left-2 z-50 -translate-y-20 px-3 py-2 focus:translate-y-0">
        {web('nav.skip')}
      </a>
      <header className="border-b border-line">
        <div className="mx-auto flex h-14 w-full max-w-300 items-center gap-3 px-4 sm:px-6">
          <Link to="/platform" className="rounded-box">
            <Wordmark />
          </Link>
          <span className="hidden sm:inline">
            <Badge>{t('area')}</Badge>
          </span>
          <span className="grow" />
          <span className="hidden truncate text-muted sm:block">{user.displayName}</span>
          <Button look="quiet" icon={<LogOut />} pending={signOut.isPending} onClick={() => signOut.mutate()}>
            {web('top.signOut')}
          </Button>
        </div>
      </header>
      <main id="page" tabIndex={-1} className="mx-auto w-full max-w-300 grow px-4 pt-6 pb-12 outline-none sm:px-6">
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  )
}
