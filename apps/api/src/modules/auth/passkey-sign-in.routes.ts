import { z } from 'zod'
import { tokenView } from '@sparkle/shared/auth'
import { assertionOptions, type AssertionOptions, passkeySignInInput } from '@sparkle/shared/passkeys'
import { AppError } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import type { App } from '../../plugins/types.ts'
import { accountOf, openSession } from './auth.service.ts'
import { signedIn } from '../../core/signed-in.ts'
import { challengeMinutes, makeChallenge } from './passkey-challenge.service.ts'
import { provePasskey } from './passkey-sign-in.service.ts'
import { listCredentials } from './passkeys.queries.ts'
import { relyingParty } from './passkeys.service.ts'
import { getProfile } from './profile.service.ts'
import { markSession } from './second-factor.queries.ts'
import { closedStudios } from './studio-doors.service.ts'
import { admitAttempt, noteFailure, noteSuccess, signDevice } from './throttle.service.ts'

const tags = ['Passkeys']
const asking = { max: 60, windowSeconds: 60, by: 'address' } as const
const showing = { max: 20, windowSeconds: 900 } as const

/** Signing in with a passkey, and showing one again. It is both factors in one: a thing one has, unlocked by its owner. */
export async function passkeySignInRoutes(app: App): Promise<void> {
  const { limits } = app
  const { db, crypto, config } = app.deps
  const party = relyingParty(config.publicOrigin)
  const options = (challenge: string): AssertionOptions => ({
    rpId: party.rpID,
    challenge,
    timeout: challengeMinutes * 60_000,
    userVerification: 'required',
  })

  app.post(
    '/auth/passkey/options',
    {
      config: { access: 'public', limit: asking, idempotent: false },
      schema: {
        operationId: 'beginPasskeySignIn',
        summary: 'What the browser needs to sign in with a passkey',
        description: 'Names no credential: the browser finds those of this site. Good for five minutes and once.',
        tags,
        response: { 200: assertionOptions },
      },
    },
    async () => options(makeChallenge(crypto, 'sign-in')),
  )

  app.post(
    '/auth/passkey',
    {
      config: { access: 'public', limit: false, idempotent: false },
      schema: {
        operationId: 'passkeySignIn',
        summary: 'Sign in with a passkey',
        description: 'No code is asked besides. Throttled as `POST /auth/login` is.',
        tags,
        body: passkeySignInInput,
        response: { 200: tokenView },
      },
    },
    async (request, reply) => {
      const { credential } = request.body
      const attempt = { account: accountOf(crypto, `passkey:${credential.id}`), address: request.ip, device: null }
      const admission = await admitAttempt(limits, attempt)
      if (!admission.admitted) {
        reply.header('retry-after', admission.retryAfterSeconds)
        throw new AppError('rate_limited', 'auth.throttled', 'Too many tries that did not work. Wait a while.')
      }
      const userId = await provePasskey({ db, crypto }, party, credential, request.origin).catch(
        async (error: unknown) => {
          await noteFailure(limits, attempt)
          throw error
        },
      )
      await noteSuccess(limits, attempt)
      const closed = await closedStudios({ db, crypto }, userId)
      const session = await openSession(db, userId, request.origin, { secondFactor: true, closed })
      const user = await asPerson(db, userId, (tx) => getProfile(tx, crypto, userId))
      reply.rememberDevice(signDevice(crypto, accountOf(crypto, user.email)))
      return { ...reply.grantSession(session), user }
    },
  )

  app.post(
    '/auth/step-up/passkey/options',
    {
      config: { access: 'signed-in', limit: showing, idempotent: false },
      schema: {
        operationId: 'beginPasskeyStepUp',
        summary: 'What the browser needs to show a passkey again',
        tags,
        response: { 200: assertionOptions },
      },
    },
    async (request) => {
      const { userId } = signedIn(request)
      const own = await asPerson(db, userId, (tx) => listCredentials(tx, userId))
      return {
        ...options(makeChallenge(crypto, 'step-up', userId)),
        allowCredentials: own.map((one) => ({ ...one, type: 'public-key' as const })),
      }
    },
  )

  app.post(
    '/auth/step-up/passkey',
    {
      config: { access: 'signed-in', limit: showing, idempotent: false },
      schema: {
        operationId: 'stepUpWithPasskey',
        summary: 'Show a passkey in place of the second factor',
        description: 'As `POST /auth/step-up`, for dangerous acts.',
        tags,
        body: passkeySignInInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { userId, sessionId } = signedIn(request)
      await provePasskey({ db, crypto }, party, request.body.credential, request.origin, userId)
      await asPerson(db, userId, (tx) => markSession(tx, sessionId))
      return reply.code(204).send(null)
    },
  )
}
