import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router-dom'
import { ErrorState } from '../components/error-state.tsx'
import { I18n } from '../lib/i18n.tsx'
import { LiveProvider } from '../lib/live.tsx'
import { isProblem } from '../lib/problem.ts'
import { onSessionLost } from '../lib/refresh.ts'
import { meQuery, SessionProvider } from '../lib/session.tsx'
import { NoStudioPage } from './pages/no-studio-page.tsx'
import { signInPath } from './sign-in-path.ts'
import { Splash } from './splash.tsx'
import { staleAfter } from './stale-after.ts'

/** Everything behind the sign-in: the person, their way of writing dates, and the live feed of their studio. */
export function RequireSession() {
  const location = useLocation()
  const me = useQuery(meQuery)
  useLeaveWhenLost()

  if (me.isPending) return <Splash />
  if (isProblem(me.error) && me.error.status === 401) return <Navigate to={signInPath(location)} replace />
  if (!me.data) {
    return (
      <main className="flex min-h-dvh items-center justify-center">
        <ErrorState error={me.error} onRetry={() => void me.refetch()} />
      </main>
    )
  }
  const { user, organization } = me.data
  return (
    <I18n locale={user.locale} timeZone={user.timeZone}>
      <SessionProvider me={me.data}>
        {organization ? (
          <LiveProvider key={organization.id} staleAfter={staleAfter}>
            <Outlet />
          </LiveProvider>
        ) : (
          <NoStudioPage />
        )}
      </SessionProvider>
    </I18n>
  )
}

/** A session that ends while somebody works leads to the sign-in, which leads back to this very page. */
function useLeaveWhenLost(): void {
  const client = useQueryClient()
  const navigate = useNavigate()
  useEffect(
    () =>
      onSessionLost(() => {
        const wasSignedIn = client.getQueryData(meQuery.queryKey) !== undefined
        if (!wasSignedIn) return
        client.clear()
        void navigate(signInPath(window.location, { ended: true }), { replace: true })
      }),
    [client, navigate],
  )
}
