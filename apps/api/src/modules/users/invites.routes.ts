import { acceptInviteInput, inviteParams, inviteView, tokenView } from '@sparkle/shared/auth'
import type { FastifyRequest } from 'fastify'
import type { PublicActor } from '../../core/actor.ts'
import { AppError, invalid, notFound } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import { findCredentials } from '../../db/system.ts'
import type { App } from '../../plugins/types.ts'
import { openSession } from '../auth/auth.service.ts'
import { hashPassword, verifyPassword } from '../auth/passwords.service.ts'
import { getProfile } from '../auth/profile.service.ts'
import { closedStudios } from '../auth/studio-doors.service.ts'
import { assertPassed, type FactorOutcome, takeCode } from '../auth/second-factor.service.ts'
import { acceptInvitation, type Accepting, getOpenInvitation, type OpenInvitation } from './invitations.service.ts'

const tags = ['Invitations']

/** What an invited person sees and does; the token of the mail is all the permission there is. */
export async function inviteRoutes(app: App): Promise<void> {
  const { db, crypto } = app.deps

  function readInvite(request: FastifyRequest, token: string): { invitationId: string; actor: PublicActor } {
    const [organizationId, invitationId] = crypto.readToken('invite', token) ?? notFound('invite')
    if (!organizationId || !invitationId) notFound('invite')
    return { invitationId, actor: { kind: 'public', organizationId, origin: request.origin } }
  }

  app.get(
    '/public/invites/:token',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getInvite',
        summary: 'Look at an invitation',
        tags,
        params: inviteParams,
        response: { 200: inviteView },
      },
    },
    async (req) => {
      const { invitationId, actor } = readInvite(req, req.params.token)
      const invitation = await req.inTenantAs(actor, (tx) => getOpenInvitation(tx, crypto, invitationId))
      const known = await findCredentials(db, invitation.emailIndex)
      return { ...invitation, existingUser: known !== undefined }
    },
  )

  app.post(
    '/public/invites/:token/accept',
    {
      config: { access: 'public', limit: { max: 10, windowSeconds: 60, by: 'address' }, idempotent: false },
      schema: {
        operationId: 'acceptInvite',
        summary: 'Join the studio and sign in',
        description: 'Somebody new chooses a name and a password; somebody known gives the password they have.',
        tags,
        params: inviteParams,
        body: acceptInviteInput,
        response: { 200: tokenView },
      },
    },
    async (req, reply) => {
      const { invitationId, actor } = readInvite(req, req.params.token)
      const invitation = await req.inTenantAs(actor, (tx) => getOpenInvitation(tx, crypto, invitationId))
      const { who, outcome } = await identify(invitation, req.body)
      const userId = await req.inTenantAs(actor, (tx) => acceptInvitation(tx, crypto, actor, invitationId, who))
      const session = await openSession(db, userId, req.origin, {
        organizationId: actor.organizationId,
        secondFactor: outcome === 'passed',
        closed: await closedStudios({ db, crypto }, userId),
      })
      const user = await asPerson(db, userId, (tx) => getProfile(tx, crypto, userId))
      return { ...reply.grantSession(session), user }
    },
  )

  async function identify(
    invitation: OpenInvitation,
    input: { displayName?: string; password: string; totp?: string },
  ): Promise<{ who: Accepting; outcome: FactorOutcome }> {
    const known = await findCredentials(db, invitation.emailIndex)
    if (!known) {
      const displayName = input.displayName ?? invalid('invite.name_needed', 'Tell us your name.', 'displayName')
      const passwordHash = await hashPassword(input.password, [invitation.email, displayName])
      return { who: { displayName, passwordHash }, outcome: 'none' }
    }
    if (!(await verifyPassword(input.password, known.passwordHash)))
      throw new AppError('unauthenticated', 'auth.wrong_credentials', 'This is not the password of your account.')
    const { userId } = known
    const outcome = await asPerson(db, userId, (tx) => takeCode(tx, crypto, userId, input.totp))
    assertPassed(outcome)
    return { who: { userId }, outcome }
  }
}
