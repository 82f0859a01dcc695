import { z } from 'zod'
import { accountMember, accountMembers, memberParams, memberRoleInput } from '@sparkle/shared/accounts'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { listMembers, removeMember, setMemberRole } from './members.service.ts'

const tags = ['Clients']

/** Those who sign in for a client. */
export async function accountMemberRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.get(
    '/accounts/:id/members',
    {
      config: { access: 'accounts:read' },
      schema: {
        operationId: 'listAccountMembers',
        summary: 'Who signs in for a client',
        tags,
        params: idParams,
        response: { 200: accountMembers },
      },
    },
    (req) => req.inTenant((tx) => listMembers(tx, crypto, req.actor, req.params.id)),
  )

  app.patch(
    '/accounts/:id/members/:userId',
    {
      config: { access: 'accounts:update', lasting: true },
      schema: {
        operationId: 'updateAccountMember',
        summary: 'Make somebody owner or member of a client',
        tags,
        params: memberParams,
        body: memberRoleInput,
        response: { 200: accountMember },
      },
    },
    (req) => req.inTenant((tx) => setMemberRole(tx, crypto, req.actor, memberPlace(req), req.body.role)),
  )

  app.delete(
    '/accounts/:id/members/:userId',
    {
      config: { access: 'accounts:update' },
      schema: {
        operationId: 'removeAccountMember',
        summary: "End somebody's access to a client, or withdraw the invitation",
        tags,
        params: memberParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removeMember(tx, req.actor, memberPlace(req)))
      return reply.code(204).send(null)
    },
  )
}

function memberPlace(req: { params: z.infer<typeof memberParams>; ifMatch: number | null }) {
  return { accountId: req.params.id, userId: req.params.userId, expected: req.ifMatch }
}
