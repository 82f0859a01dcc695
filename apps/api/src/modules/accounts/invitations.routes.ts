import { z } from 'zod'
import { accountMember, invitationParams, inviteMemberInput } from '@sparkle/shared/accounts'
import { idParams } from '@sparkle/shared/text'
import type { App } from '../../plugins/types.ts'
import { inviteMember, resendMemberInvitation, revokeMemberInvitation } from './members.service.ts'

const tags = ['Clients']

/** Invitations to sign in for a client. */
export async function accountInvitationRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  app.post(
    '/accounts/:id/invitations',
    {
      config: { access: 'accounts:invite', lasting: true },
      schema: {
        operationId: 'inviteAccountMember',
        summary: 'Invite somebody to sign in for a client',
        description:
          'They get a mail with a private link that is good for 7 days. An owner may do this for the own account, and is ' +
          'not told whether somebody has joined the studio or was invited elsewhere by this address. 409 ' +
          '`user.already_invited` where an invitation of it to this account is open; to the studio, wherever one leads to.',
        tags,
        params: idParams,
        body: inviteMemberInput,
        response: { 201: accountMember },
      },
    },
    async (req, reply) => {
      const member = await req.inTenant((tx) => inviteMember(tx, crypto, req.actor, req.params.id, req.body))
      return reply.code(201).send(member)
    },
  )

  app.post(
    '/accounts/:id/invitations/:invitationId/resend',
    {
      config: { access: 'accounts:invite', lasting: true },
      schema: {
        operationId: 'resendAccountInvitation',
        summary: 'Send an invitation to sign in for a client again',
        description: 'Good for another 7 days, by a new link; the one before is dead at once.',
        tags,
        params: invitationParams,
        response: { 200: accountMember },
      },
    },
    (req) => req.inTenant((tx) => resendMemberInvitation(tx, crypto, req.actor, invitationPlace(req))),
  )

  app.delete(
    '/accounts/:id/invitations/:invitationId',
    {
      config: { access: 'accounts:invite' },
      schema: {
        operationId: 'revokeAccountInvitation',
        summary: 'Withdraw an invitation to sign in for a client',
        tags,
        params: invitationParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => revokeMemberInvitation(tx, req.actor, invitationPlace(req)))
      return reply.code(204).send(null)
    },
  )
}

function invitationPlace(req: { params: z.infer<typeof invitationParams>; ifMatch: number | null }) {
  return { accountId: req.params.id, id: req.params.invitationId, expected: req.ifMatch }
}
