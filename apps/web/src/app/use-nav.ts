import { allows } from '@sparkle/shared/permissions'
import { useSession } from '../lib/session.tsx'
import { navEntries, type NavEntry } from './nav.ts'

/** The entries that lead somewhere for the person who is signed in. */
export function useNav(): readonly NavEntry[] {
  const { permissions } = useSession()
  return navEntries.filter(({ permission }) => permission === null || allows(permissions, permission))
}
