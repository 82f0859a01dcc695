import { isAccountRole } from '@sparkle/shared/permissions'
import type { ProfileView } from '@sparkle/shared/profiles'
import type { ProjectList } from '@sparkle/shared/projects'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { mayBeSignedIn } from '../../lib/refresh.ts'
import { mayDo, meQuery } from '../../lib/session.tsx'
import { knownPets, type KnownPet } from './known-pets.ts'

/** Somebody who orders from a studio whose customer they are: what need not be asked again. */
export interface KnownCustomer {
  /** The user's. */
  id: string
  name: string
  email: string
  pets: readonly KnownPet[]
}

/** The pets of the customer who is signed in; the API shows customers no others. */
const ownPetsQuery = queryOptions({
  queryKey: ['projects', 'own-pets'],
  queryFn: async ({ signal }) => {
    const [profiles, projects] = await Promise.all([
      http.get<{ items: ProfileView[] }>('/profiles', { query: { kind: 'pet', limit: 100 }, signal }),
      http.get<ProjectList>('/projects', { query: { archived: 'any', limit: 100 }, signal }),
    ])
    return knownPets(
      profiles.items.filter((one) => one.kind === 'pet'),
      projects.items,
    )
  },
})

/**
 * Who orders, where they are signed in as this studio's customer; everybody else orders as a stranger. A session that
 * turns out to have ended, or pets that cannot be had, keep nobody from ordering.
 */
export function useKnownCustomer(slug: string): { pending: boolean; customer: KnownCustomer | null } {
  const me = useQuery({ ...meQuery, enabled: mayBeSignedIn(), retry: false })
  const own =
    me.data?.role &&
    isAccountRole(me.data.role) &&
    me.data.organization?.slug === slug &&
    mayDo(me.data, 'orders:create')
      ? me.data.user
      : null
  const pets = useQuery({ ...ownPetsQuery, enabled: own !== null })
  const pending = me.isLoading || pets.isLoading
  return { pending, customer: own && { id: own.id, name: own.displayName, email: own.email, pets: pets.data ?? [] } }
}
