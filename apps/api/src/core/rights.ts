import type { Grant } from '@sparkle/shared/decide'
import { rolePermissions, type Permission, type Role } from '@sparkle/shared/permissions'

/** What is stored of a member's rights beside their built-in role. */
export interface StoredRights {
  customRole: { id: string; name: string; permissions: readonly Permission[] } | null
  grants: readonly Grant[]
}

/** The part of an actor that decisions are made on. A role of the studio's own takes the place of the built-in one. */
export function rightsOf(role: Role, stored: StoredRights | null) {
  const custom = stored?.customRole ?? null
  return {
    permissions: custom?.permissions ?? rolePermissions[role],
    customRole: custom && { id: custom.id, name: custom.name },
    grants: stored?.grants ?? [],
  }
}
