import { z } from 'zod'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { roles, studioRoles } from './permissions.ts'
import { email, id, personName, text, time, version } from './text.ts'

/** A member of the active studio, or an open invitation to it: then `id` is the invitation's. */
export const userView = z
  .object({
    id,
    email: z.string(),
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    role: z.enum(roles).meta({ description: 'With a role of the studio: the one it is based on.' }),
    customRole: z.object({ id, name: z.string() }).nullable(),
    status: z.enum(['active', 'invited', 'deactivated']),
    openProjects: z.int(),
    createdAt: time,
    lastSeenAt: time.nullable(),
    invitationExpiresAt: time
      .nullable()
      .meta({ description: 'Only while invited; past it, send the invitation again.' }),
    secondFactor: z.boolean().meta({ description: 'Whether their sign-in takes a code too.' }),
    version,
  })
  .meta({ id: 'User' })
export type UserView = z.infer<typeof userView>
export const userList = listOf(userView)
export const listUsersQuery = pageQuery.extend({
  ...sortedBy('createdAt'),
  role: text(80)
    .optional()
    .refine((value) => !value || value.split(',').every((one) => (roles as readonly string[]).includes(one)), {
      error: `Use a comma-separated list of ${roles.join(', ')}.`,
    }),
  q: text(120).optional(),
})
export type ListUsersQuery = z.infer<typeof listUsersQuery>
export const inviteUserInput = z.object({ email, role: z.enum(studioRoles) }).meta({ id: 'InviteUserInput' })
export type InviteUserInput = z.infer<typeof inviteUserInput>
export const setRoleInput = z
  .object({
    role: z.enum(studioRoles).optional(),
    roleId: id.optional().meta({ description: 'One of `GET /roles`.' }),
  })
  .refine((input) => (input.role === undefined) !== (input.roleId === undefined), {
    error: 'Name either a built-in role or the id of one of the studio.',
  })
  .meta({ id: 'SetRoleInput' })
export type SetRoleInput = z.infer<typeof setRoleInput>
export const updateUserInput = z
  .object({
    displayName: personName(120).meta({
      description: 'Your own only: a name belongs to the person, not to the studio.',
    }),
    role: z.enum(studioRoles),
  })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateUserInput' })
export type UpdateUserInput = z.infer<typeof updateUserInput>
