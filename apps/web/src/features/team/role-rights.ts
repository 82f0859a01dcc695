import { allows, rolePermissions, type Permission, type StudioRole } from '@sparkle/shared/permissions'

/** What a reader wants to know of a role, in the order of the work, each by the permission that decides it. */
export const rights = {
  projectsRead: 'projects:read',
  ordersCreate: 'orders:create',
  projectsCreate: 'projects:create',
  projectsAssign: 'projects:assign',
  projectsUpdate: 'projects:update',
  assetsCreate: 'assets:create',
  buildsCreate: 'builds:create',
  urlsCreate: 'urls:create',
  urlsDeploy: 'urls:deploy',
  analyticsRead: 'analytics:read',
  invoicesRead: 'invoices:read',
  moderationDecide: 'moderation:decide',
  notificationsSend: 'notifications:send',
  usersRead: 'users:read',
  usersUpdate: 'users:update',
  studioUpdate: 'studio:update',
} as const satisfies Record<string, Permission>
export type Right = keyof typeof rights
export const rightNames = Object.keys(rights) as Right[]

/** `own`: of the projects assigned to the person. The API's rules over one record say the same. */
export type Extent = 'yes' | 'own' | 'no'

const ownOnly: Partial<Record<StudioRole, readonly Right[]>> = {
  artist: ['projectsUpdate', 'assetsCreate', 'buildsCreate'],
}

export function extentOf(role: StudioRole, right: Right): Extent {
  if (!allows(rolePermissions[role], rights[right])) return 'no'
  return ownOnly[role]?.includes(right) ? 'own' : 'yes'
}
