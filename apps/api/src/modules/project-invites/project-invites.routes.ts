import { z } from 'zod'
import {
  createProjectInviteInput,
  listProjectInvitesQuery,
  projectInviteList,
  projectInviteView,
} from '@sparkle/shared/project-invites'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import {
  inviteToProject,
  listProjectInvites,
  resendProjectInvite,
  revokeProjectInvite,
} from './project-invites.service.ts'

const tags = ['Invitations']

/** Who is invited to a project, by the studio; what the invited do is in the users' module. */
export async function projectInviteRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.get(
    '/projects/:id/invites',
    {
      config: { access: 'reviews:invite' },
      schema: {
        operationId: 'listProjectInvites',
        summary: 'Who was invited to a project',
        tags,
        params: idParams,
        querystring: listProjectInvitesQuery,
        response: { 200: projectInviteList },
      },
    },
    (req) => req.inTenant((tx) => listProjectInvites(tx, crypto, req.actor, req.params.id, req.query)),
  )

  app.post(
    '/projects/:id/invites',
    {
      config: { access: 'reviews:invite', lasting: true },
      schema: {
        operationId: 'inviteToProject',
        summary: "Invite somebody of the customer's household to a project",
        description:
          'They get a mail with a link that is good for seven days, join the account that the project is made for, and ' +
          'land in the project.',
        tags,
        params: idParams,
        body: createProjectInviteInput,
        response: { 201: projectInviteView },
      },
    },
    async (req, reply) =>
      reply.code(201).send(await req.inTenant((tx) => inviteToProject(tx, crypto, req.actor, req.params.id, req.body))),
  )

  app.post(
    '/invites/:id/resend',
    {
      config: { access: 'reviews:invite', lasting: true },
      schema: {
        operationId: 'resendProjectInvite',
        summary: 'Send an invitation to a project again',
        description: 'Good for another seven days, by a new link; the one before is dead at once.',
        tags,
        params: idParams,
        response: { 200: projectInviteView },
      },
    },
    (req) => req.inTenant((tx) => resendProjectInvite(tx, crypto, req.actor, req.params.id, req.ifMatch)),
  )

  app.delete(
    '/invites/:id',
    {
      config: { access: 'reviews:invite' },
      schema: {
        operationId: 'revokeProjectInvite',
        summary: 'Withdraw an invitation to a project',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => revokeProjectInvite(tx, req.actor, req.params.id, req.ifMatch))
      return reply.code(204).send(null)
    },
  )
}
