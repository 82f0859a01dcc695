/** The one source of roles and permissions: the API, the SPA and the jobs all decide by these tables. */
export const permissionNames = [
  'platform:read',
  'platform:manage',
  'studio:read',
  'studio:update',
  'studio:delete',
  'projects:read',
  'projects:create',
  'projects:update',
  'projects:delete',
  'projects:assign',
  'orders:create',
  'orders:read',
  'assets:read',
  'assets:create',
  'assets:update',
  'assets:delete',
  'builds:read',
  'builds:create',
  'urls:read',
  'urls:create',
  'urls:update',
  'urls:delete',
  'urls:deploy',
  'analytics:read',
  'activity:read',
  'notifications:send',
  'users:read',
  'users:create',
  'users:update',
  'accounts:read',
  'accounts:create',
  'accounts:update',
  'accounts:delete',
  'accounts:invite',
  'profiles:read',
  'profiles:update',
  'people:export',
  'people:erase',
  'roles:read',
  'roles:update',
  'api-keys:own',
  'api-keys:manage',
  'reviews:read',
  'reviews:comment',
  'reviews:approve',
  'reviews:invite',
  'reviews:share',
  'reviews:internal',
  'tasks:read',
  'tasks:update',
  'time:own',
  'invoices:read',
  'invoices:pay',
  'messages:read',
  'messages:send',
  'moderation:read',
  'moderation:decide',
  'audit:read',
  'audit:personal',
  'audit:export',
  'audit:restore',
] as const
export type Permission = (typeof permissionNames)[number]

export const studioRoles = ['admin', 'manager', 'artist', 'moderator'] as const
export const accountRoles = ['owner', 'member'] as const
export const roles = [...studioRoles, ...accountRoles] as const
export type Role = (typeof roles)[number]
export type StudioRole = (typeof studioRoles)[number]

/** What a role may, as `resource:action` with `*` for all actions of a resource, or for everything. */
export const rolePermissions: Record<Role, readonly string[]> = {
  admin: ['*'],
  manager: [
    'projects:*',
    'orders:*',
    'assets:*',
    'builds:*',
    'urls:*',
    'reviews:*',
    'tasks:*',
    'time:*',
    'invoices:*',
    'messages:*',
    'notifications:send',
    'users:read',
    'accounts:*',
    'profiles:*',
    'roles:read',
    'analytics:read',
    'activity:read',
    'studio:read',
    'api-keys:own',
  ],
  artist: [
    'projects:read',
    'projects:update',
    'assets:*',
    'builds:create',
    'builds:read',
    'urls:read',
    'reviews:read',
    'reviews:comment',
    'reviews:internal',
    'tasks:read',
    'tasks:update',
    'time:own',
    'activity:read',
    'studio:read',
    'profiles:*',
    'api-keys:own',
    'messages:*',
  ],
  moderator: ['projects:read', 'moderation:*', 'reviews:read', 'activity:read', 'studio:read', 'api-keys:own'],
  owner: [
    'orders:create',
    'projects:read',
    'reviews:read',
    'reviews:comment',
    'reviews:approve',
    'invoices:read',
    'invoices:pay',
    'messages:*',
    'accounts:read',
    'accounts:invite',
    'profiles:read',
  ],
  member: [
    'orders:create',
    'projects:read',
    'reviews:read',
    'reviews:comment',
    'invoices:read',
    'messages:*',
    'accounts:read',
    'profiles:read',
  ],
}
/** How far a review link reaches; each scope holds those before it. */
export const guestScopes = ['view', 'comment', 'approve'] as const
export type GuestScope = (typeof guestScopes)[number]

/** What a guest of a review link may do, on the link's project and nowhere else. */
export const guestPermissions: Record<GuestScope, readonly Permission[]> = {
  view: ['projects:read', 'reviews:read'],
  comment: ['projects:read', 'reviews:read', 'reviews:comment'],
  approve: ['projects:read', 'reviews:read', 'reviews:comment', 'reviews:approve'],
}

export const superAdminPermissions: readonly string[] = ['platform:*']

/** Permissions within a studio: what roles of its own and grants may be made of. */
export const studioPermissions = permissionNames.filter((name) => !name.startsWith('platform:'))

/** The pattern of a set that covers one permission. `platform:*` is never covered by a studio's `*`. */
export function coveringPattern(granted: readonly string[], needed: Permission): string | undefined {
  const [resource] = needed.split(':')
  return granted.find(
    (pattern) => pattern === needed || pattern === `${resource}:*` || (pattern === '*' && resource !== 'platform'),
  )
}

/** Whether a set of granted patterns covers one permission. */
export function allows(granted: readonly string[], needed: Permission): boolean {
  return coveringPattern(granted, needed) !== undefined
}

export function isAccountRole(role: Role): boolean {
  return (accountRoles as readonly Role[]).includes(role)
}
