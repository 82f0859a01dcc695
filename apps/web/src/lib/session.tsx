import type { MeView } from '@sparkle/shared/auth'
import { decide, type Resource } from '@sparkle/shared/decide'
import type { Permission } from '@sparkle/shared/permissions'
import { lastingPermissions } from '@sparkle/shared/platform'
import { queryOptions } from '@tanstack/react-query'
import { createContext, useContext, type ReactNode } from 'react'
import { http } from './http.ts'
import { ProblemError } from './problem.ts'
import { mayBeSignedIn } from './refresh.ts'

const meKey = ['me'] as const

/** Who is signed in, in which studio, with which permissions. One key: signing in or switching replaces it whole. */
export const meQuery = queryOptions({
  queryKey: meKey,
  queryFn: async ({ signal, client }) => {
    if (!mayBeSignedIn()) throw new ProblemError({ status: 401, code: 'auth.unauthenticated' })
    const before = client.getQueryData<MeView>(meKey)
    const me = await http.get<MeView>('/me', { signal })
    noteSignedIn(personOf(me))
    // Another tab has switched studios or signed in as somebody else: what was read before is nothing to be shown here,
    // let alone to be saved.
    if (before && personOf(before) !== personOf(me))
      void client.resetQueries({ predicate: ({ queryKey: [name] }) => name !== meKey[0] })
    return me
  },
  staleTime: 5 * 60_000,
})

const SessionContext = createContext<MeView | null>(null)

/** Everything below it is rendered for somebody who is signed in. */
export function SessionProvider({ me, children }: { me: MeView; children: ReactNode }) {
  return <SessionContext value={me}>{children}</SessionContext>
}

/** Somebody in one studio: what they have on its way there is sent as nobody else, and to no other studio. */
export function personIn(organizationId: string | undefined, userId: string): string {
  return `${organizationId} ${userId}`
}

/** {@link personIn} of somebody who is signed in. */
export function personOf({ organization, user }: MeView): string {
  return personIn(organization?.id, user.id)
}

const personPlace = 'signed-in'

/** All tabs share the cookies: what one learns of whose they are, by {@link personIn}, the others can look up. */
export function noteSignedIn(person: string): void {
  try {
    localStorage.setItem(personPlace, person)
  } catch {
    // Storage is refused in some private windows: tabs then know nothing of each other.
  }
}

/** Who was signed in when this browser last heard of it; null where it never has. */
export function lastSignedIn(): string | null {
  try {
    return localStorage.getItem(personPlace)
  } catch {
    return null
  }
}

/** Whether this browser's calls are still theirs: another tab may have signed in as somebody else, or switched studios. */
export function isStillSignedIn(person: string): boolean {
  return (lastSignedIn() ?? person) === person
}

/** Calls `listener` when another tab has learnt that the calls of this browser are somebody else's, or to another studio. */
export function onSignedInElsewhere(person: string, listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (key === personPlace && !isStillSignedIn(person)) listener()
  }
  window.addEventListener('storage', onStorage)
  return () => window.removeEventListener('storage', onStorage)
}

export function useSession(): MeView {
  const me = useContext(SessionContext)
  if (!me) throw new Error('useSession needs a SessionProvider above it.')
  return me
}

/**
 * Whether somebody may do something, in the studio at all or to one thing: the API's own decision. In a studio that is
 * being deleted nothing can be changed but that; somebody of the platform leaves no power behind in one.
 */
export function mayDo(me: MeView, permission: Permission, resource?: Resource): boolean {
  if (me.readOnlyUntil && permission !== 'studio:delete' && !permission.endsWith(':read')) return false
  if (me.actingAs && lastingPermissions.includes(permission)) return false
  const subject = { userId: me.user.id, role: me.role, accountId: me.accountId, ...me.rights }
  return decide(subject, permission, resource).allowed
}

/** The same of whoever is signed in, so that nothing is offered that would be refused. */
export function useCan(permission: Permission, resource?: Resource): boolean {
  return mayDo(useSession(), permission, resource)
}
