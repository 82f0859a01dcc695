import { z } from 'zod'
import { listOf, pageQuery } from './lists.ts'
import { roles, studioRoles } from './permissions.ts'
import { email, id, text, time, version } from './text.ts'

/** A member of the active studio. An invited person has no `userId` yet. */
export const userView = z
  .object({
    id,
    email: z.string(),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    role: z.enum(roles),
    status: z.enum(['active', 'invited', 'deactivated']),
    openProjects: z.int(),
    createdAt: time,
    lastSeenAt: time.nullable(),
    version,
  })
  .meta({ id: 'User' })
export type UserView = z.infer<typeof userView>
export const userList = listOf(userView)
export const listUsersQuery = pageQuery.extend({ role: z.enum(roles).optional(), q: text(120).optional() })
export const inviteUserInput = z.object({ email, role: z.enum(studioRoles) }).meta({ id: 'InviteUserInput' })
export const setRoleInput = z.object({ role: z.enum(studioRoles) }).meta({ id: 'SetRoleInput' })
export const updateUserInput = z.object({ displayName: text(120, 1) }).meta({ id: 'UpdateUserInput' })
