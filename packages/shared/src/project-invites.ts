import { z } from 'zod'
import { inviteStates } from './auth.ts'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { accountRoles } from './permissions.ts'
import { email, id, time, version } from './text.ts'

export const createProjectInviteInput = z
  .object({
    email,
    role: z.enum(accountRoles).default('member').meta({ description: 'An `owner` approves and pays, too.' }),
  })
  .meta({ id: 'CreateProjectInviteInput' })
export type CreateProjectInviteInput = z.infer<typeof createProjectInviteInput>

/** Somebody of the customer's household who was invited to a project. */
export const projectInviteView = z
  .object({
    id,
    projectId: id,
    email: z.string(),
    role: z.enum(accountRoles),
    state: z.enum(inviteStates),
    invitedByName: z.string().nullable(),
    expiresAt: time,
    acceptedAt: time.nullable(),
    createdAt: time,
    version,
  })
  .meta({ id: 'ProjectInvite' })
export type ProjectInviteView = z.infer<typeof projectInviteView>
export const projectInviteList = listOf(projectInviteView)
export const listProjectInvitesQuery = pageQuery.extend(sortedBy('-createdAt', 'createdAt'))
export type ListProjectInvitesQuery = z.infer<typeof listProjectInvitesQuery>
