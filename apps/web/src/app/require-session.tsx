import type { MeView } from '@sparkle/shared/auth'
import { focusManager, useQuery, useQueryClient, type FetchStatus } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router-dom'
import { ErrorState } from '../components/error-state.tsx'
import { SignInAgain } from '../features/auth/sign-in-again.tsx'
import { StepUpDialog } from '../features/auth/step-up-dialog.tsx'
import { I18n } from '../lib/i18n.tsx'
import { LiveProvider } from '../lib/live.tsx'
import { isProblem } from '../lib/problem.ts'
import { holdCalls, onSessionLost } from '../lib/refresh.ts'
import { meQuery, onSignedInElsewhere, personOf, SessionProvider, useSession } from '../lib/session.tsx'
import { AppUpdates } from './app-updates.tsx'
import { OfflinePage } from './offline-page.tsx'
import { NoStudioPage } from './pages/no-studio-page.tsx'
import { signInPath } from './sign-in-path.ts'
import { Splash } from './splash.tsx'
import { staleAfter } from './stale-after.ts'

/**
 * Everything behind the sign-in: the person, their way of writing dates, and the live feed of their studio. A session
 * that ends in the middle of work is begun again over the page, so that no word on it is lost.
 */
export function RequireSession() {
  const location = useLocation()
  const me = useQuery(meQuery)
  useOtherTabs(me.data)
  const { lost, asking, close, found } = useLostSession()

  if (me.isPending) return cannotReach(me) ? <OfflinePage onRetry={() => void me.refetch()} /> : <Splash />
  if (!me.data) {
    if (isProblem(me.error) && me.error.status === 401) return <Navigate to={signInPath(location)} replace />
    if (isProblem(me.error) && me.error.status === 0) return <OfflinePage onRetry={() => void me.refetch()} />
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
          <LiveProvider key={organization.id} staleAfter={staleAfter} paused={lost}>
            <Outlet />
          </LiveProvider>
        ) : (
          <WithoutStudio />
        )}
        <AppUpdates />
        <StepUpDialog />
        <SignInAgain me={me.data} elsewhere={signInPath(location)} open={asking} onClose={close} onDone={found} />
      </SessionProvider>
    </I18n>
  )
}

/** The studio that another tab has switched to is this tab's as well, at once: its next call would go there. */
function useOtherTabs(me: MeView | undefined): void {
  const client = useQueryClient()
  const person = me && personOf(me)
  useEffect(() => {
    if (person === undefined) return
    return onSignedInElsewhere(person, () => void client.invalidateQueries({ queryKey: meQuery.queryKey }))
  }, [client, person])
}

/** Without a network the first question waits for one: nobody should look at a splash meanwhile. */
function cannotReach({ fetchStatus, failureReason }: { fetchStatus: FetchStatus; failureReason: unknown }): boolean {
  return fetchStatus === 'paused' || (isProblem(failureReason) && failureReason.status === 0)
}

/** The platform's people come to its own pages, whatever address they came with. */
function WithoutStudio() {
  const { pathname } = useLocation()
  if (!useSession().isSuperAdmin) return <NoStudioPage />
  return /^\/platform(\/|$)/.test(pathname) ? <Outlet /> : <Navigate to="/platform" replace />
}

/**
 * Whether the session has ended while somebody worked. Until it is begun again the page asks nothing of the API. Who closes the question is asked again by the next thing they do.
 */
function useLostSession() {
  const client = useQueryClient()
  const [lost, setLost] = useState(false)
  const [asking, setAsking] = useState(false)
  useEffect(
    () =>
      onSessionLost(() => {
        if (client.getQueryData(meQuery.queryKey) === undefined) return
        setLost(true)
        setAsking(true)
      }),
    [client],
  )
  useEffect(() => {
    if (!lost) return
    const letOut = holdCalls()
    // A page without the focus asks nothing by itself: neither at intervals nor when its tab is looked at.
    focusManager.setFocused(false)
    return () => {
      letOut()
      focusManager.setFocused(undefined)
    }
  }, [lost])
  return {
    lost,
    asking,
    close: () => setAsking(false),
    found: () => {
      setLost(false)
      setAsking(false)
    },
  }
}
