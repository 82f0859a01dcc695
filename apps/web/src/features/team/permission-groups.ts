import { type Permission, studioPermissions } from '@sparkle/shared/permissions'

export type ResourceName = Permission extends `${infer Resource}:${string}` ? Resource : never

/** The studio's permissions by what they are about, in the order of the list. */
export const permissionGroups: readonly { resource: ResourceName; permissions: readonly Permission[] }[] = [
  ...Map.groupBy(studioPermissions, (name) => name.slice(0, name.indexOf(':')) as ResourceName),
].map(([resource, permissions]) => ({ resource, permissions }))
