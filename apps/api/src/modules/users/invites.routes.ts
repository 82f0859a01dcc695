import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptedInviteView, acceptInviteInput, inviteParams, inviteView } from '@sparkle/shared/auth'
import type { z } from 'zod'
import type { PublicActor } from '../../core/actor.ts'
import { AppError, invalid } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import { findCredentials, revokeSession } from '../../db/system.ts'
import type { App } from '../../plugins/types.ts'
import { accountOf, openSession } from '../auth/auth.service.ts'
import { hashPassword, verifyPassword } from '../auth/passwords.service.ts'
import { getProfile } from '../auth/profile.service.ts'
import { closedStudios } from '../auth/studio-doors.service.ts'
import { assertPassed, takeCode } from '../auth/second-factor.service.ts'
import { asOneTry } from '../auth/throttle.service.ts'
import {
  acceptInvitation,
  type Accepting,
  type FoundInvitation,
  getInvitation,
  getOpenInvitation,
  readInvitation,
} from './invitations.service.ts'
import { maskEmail } from './users.rules.ts'

const tags = ['Invitations']

/** Somebody who accepts, as far as they have proven who they are. */
interface Proven {
  who: Accepting
  secondFactor: boolean
  /** Their session in this browser, which the new one takes the place of. */
  replaces?: string
}

/** What an invited person sees and does; the token of the mail is all the permission there is. */
export async function inviteRoutes(app: App): Promise<void> {
  const { db, crypto } = app.deps

  function read(request: FastifyRequest, token: string) {
    const { organizationId, ...link } = readInvitation(crypto, token)
    const actor: PublicActor = { kind: 'public', organizationId, origin: request.origin }
    return { link, actor }
  }

  app.get(
    '/public/invites/:token',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getInvite',
        summary: 'Look at an invitation',
        description: 'Whether it is still open, and to what; before anybody fills in a form.',
        tags,
        params: inviteParams,
        response: { 200: inviteView },
      },
    },
    async (req) => {
      const { link, actor } = read(req, req.params.token)
      const invitation = await req.inTenantAs(actor, (tx) => getInvitation(tx, crypto, link))
      const known = await findCredentials(db, invitation.emailIndex)
      const reader = sessionOf(req)
      return {
        ...invitation,
        email: maskEmail(invitation.email),
        existingUser: known !== undefined,
        reader: !reader
          ? ('nobody' as const)
          : reader.userId === known?.userId
            ? ('invited' as const)
            : ('somebody_else' as const),
      }
    },
  )

  app.post(
    '/public/invites/:token/accept',
    {
      config: { access: 'public', limit: { max: 10, windowSeconds: 60, by: 'address' }, idempotent: false },
      schema: {
        operationId: 'acceptInvite',
        summary: 'Join and sign in',
        description:
          'Somebody new chooses a name and a password; somebody known gives the password they have, or is signed in ' +
          'already. The link alone never opens an account that exists.',
        tags,
        params: inviteParams,
        body: acceptInviteInput,
        response: { 200: acceptedInviteView },
      },
    },
    async (req, reply) => {
      const { link, actor } = read(req, req.params.token)
      const invitation = await req.inTenantAs(actor, (tx) => getOpenInvitation(tx, crypto, link))
      const { who, secondFactor, replaces } = await prove(req, reply, invitation, req.body)
      const userId = await req.inTenantAs(actor, (tx) => acceptInvitation(tx, crypto, actor, link, who))
      const session = await openSession(db, userId, req.origin, {
        organizationId: actor.organizationId,
        secondFactor,
        closed: await closedStudios({ db, crypto }, userId),
      })
      if (replaces) await revokeSession(db, replaces, 'replaced')
      const user = await asPerson(db, userId, (tx) => getProfile(tx, crypto, userId))
      return { ...reply.grantSession(session), user, projectId: invitation.project?.id ?? null }
    },
  )

  async function prove(
    request: FastifyRequest,
    reply: FastifyReply,
    invitation: FoundInvitation,
    input: z.infer<typeof acceptInviteInput>,
  ): Promise<Proven> {
    const known = await findCredentials(db, invitation.emailIndex)
    if (!known) {
      const displayName = input.name ?? input.displayName ?? invalid('invite.name_needed', 'Tell us your name.', 'name')
      const password = input.password ?? passwordNeeded()
      const passwordHash = await hashPassword(password, [invitation.email, displayName])
      return { who: { displayName, passwordHash }, secondFactor: false }
    }
    const { userId, passwordHash } = known
    const session = sessionOf(request)
    // What the session has shown lately is not shown again by moving it here: the new one begins without.
    if (input.password === undefined && session?.userId === userId)
      return { who: { userId }, secondFactor: false, replaces: session.sessionId }
    const password = input.password ?? passwordNeeded()
    const attempt = { account: accountOf(crypto, invitation.email), address: request.ip, device: null }
    return asOneTry(app.limits, reply, { ...attempt, withCode: input.totp !== undefined }, async (device) => {
      if (!(await verifyPassword(password, passwordHash, device)))
        throw new AppError('unauthenticated', 'auth.wrong_credentials', 'This is not the password of your account.')
      const outcome = await asPerson(db, userId, (tx) => takeCode(tx, crypto, userId, input.totp))
      assertPassed(outcome)
      return { who: { userId }, secondFactor: outcome === 'passed' }
    })
  }
}

function passwordNeeded(): never {
  invalid('invite.password_needed', 'Give a password.', 'password')
}

/** A session that its person has opened themselves: no key, nobody of the platform at work, no studio's own sign-in. */
function sessionOf({ caller }: FastifyRequest): { userId: string; sessionId: string } | null {
  if (caller?.kind !== 'user' && caller?.kind !== 'platform') return null
  const { userId, sessionId, viaProvider } = caller
  return viaProvider || ('viaKey' in caller && caller.viaKey) || ('actingAs' in caller && caller.actingAs)
    ? null
    : { userId, sessionId }
}
