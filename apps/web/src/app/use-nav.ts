import { mayDo, useSession } from '../lib/session.tsx'
import { isCustomer } from './is-customer.ts'
import { navEntries, type NavEntry } from './nav.ts'

/** The entries that lead somewhere for the person who is signed in. */
export function useNav(): readonly NavEntry[] {
  const session = useSession()
  const hidden = isCustomer(session) ? 'staff' : 'customers'
  return navEntries.filter(
    ({ permission, only }) => only !== hidden && (permission === null || mayDo(session, permission)),
  )
}
