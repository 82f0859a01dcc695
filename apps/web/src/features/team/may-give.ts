import type { MeView } from '@sparkle/shared/auth'
import { allows, rolePermissions, type Role, studioPermissions } from '@sparkle/shared/permissions'
import type { CustomRoleView } from '@sparkle/shared/roles'
import { mayDo } from '../../lib/session.tsx'

/** Whether somebody may give a role: nobody gives what they do not hold, and an artist holds it on assigned projects only. */
export function mayGive(me: MeView, role: Role | CustomRoleView): boolean {
  const own = typeof role === 'object'
  const patterns = own ? role.permissions : rolePermissions[role]
  const anywhere = (own ? role.baseRole : role) === 'artist' ? undefined : { assignedArtistId: null }
  return studioPermissions.every((name) => !allows(patterns, name) || mayDo(me, name, anywhere))
}
