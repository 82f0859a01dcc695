import { type Permission, permissionNames } from '@sparkle/shared/permissions'

export interface ScopeGroup {
  resource: string
  permissions: Permission[]
}

/** What somebody may put into a key, by resource: only what they may do themselves, and never the keys themselves. */
export function scopeGroups(may: (permission: Permission) => boolean): ScopeGroup[] {
  const mine = permissionNames.filter((one) => !/^(platform|api-keys):/.test(one) && may(one))
  const groups = Map.groupBy(mine, (one) => one.split(':')[0] ?? '')
  return [...groups].map(([resource, permissions]) => ({ resource, permissions }))
}

/** The resources a key reaches, for a line in a list; null where it reaches everything. */
export function resourcesOf(scopes: readonly string[]): string[] | null {
  return scopes.includes('*') ? null : [...new Set(scopes.map((scope) => scope.split(':')[0] ?? ''))]
}

export function readOnly(groups: readonly ScopeGroup[]): Permission[] {
  return groups.flatMap(({ permissions }) => permissions.filter((one) => one.endsWith(':read')))
}
