import { z } from 'zod'
import { enrolmentView, recoveryCodesView, secondFactorView, totpInput } from '@sparkle/shared/auth'
import { invalid } from '../../core/app-error.ts'
import { asPerson, asSelf } from '../../core/as-person.ts'
import type { App } from '../../plugins/types.ts'
import { signedIn } from '../../core/signed-in.ts'
import { getProfile } from './profile.service.ts'
import { markSession } from './second-factor.queries.ts'
import {
  beginEnrolment,
  confirmEnrolment,
  factorState,
  renewCodes,
  takeCode,
  turnOff,
} from './second-factor.service.ts'

const tags = ['Sign-in']
/** A code is one of a million, three of which are good at a time. */
const guessing = { max: 10, windowSeconds: 900 } as const

/** One's own second factor: codes of an app (RFC 6238). */
export async function secondFactorRoutes(app: App): Promise<void> {
  const { db, crypto } = app.deps

  app.get(
    '/me/second-factor',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'getSecondFactor',
        summary: 'Whether my sign-in takes a code too',
        tags,
        response: { 200: secondFactorView },
      },
    },
    async (request) => {
      const { userId } = signedIn(request)
      return asPerson(db, userId, (tx) => factorState(tx, userId))
    },
  )

  app.post(
    '/me/second-factor',
    {
      config: { access: 'signed-in', ownSignIn: true, limit: guessing, idempotent: false },
      schema: {
        operationId: 'beginSecondFactor',
        summary: 'A secret for my app',
        description: 'Without effect until `POST /me/second-factor/confirm` was sent a code of it.',
        tags,
        response: { 200: enrolmentView },
      },
    },
    async (request) => {
      const { userId } = signedIn(request)
      return asPerson(db, userId, async (tx) => {
        const { email } = await getProfile(tx, crypto, userId)
        return beginEnrolment(tx, crypto, userId, email)
      })
    },
  )

  app.post(
    '/me/second-factor/confirm',
    {
      config: { access: 'signed-in', ownSignIn: true, limit: guessing, idempotent: false },
      schema: {
        operationId: 'confirmSecondFactor',
        summary: 'Turn the second factor on',
        description: 'Answers the recovery codes, which are shown this once.',
        tags,
        body: totpInput,
        response: { 200: recoveryCodesView },
      },
    },
    async (request) => {
      const actor = signedIn(request)
      const recoveryCodes = await asSelf(db, actor, (tx, note) =>
        confirmEnrolment(tx, note, crypto, actor, request.body.totp),
      )
      return { recoveryCodes }
    },
  )

  app.post(
    '/me/second-factor/recovery-codes',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true, idempotent: false },
      schema: {
        operationId: 'renewRecoveryCodes',
        summary: 'New recovery codes in place of the old ones',
        tags,
        response: { 200: recoveryCodesView },
      },
    },
    async (request) => {
      const actor = signedIn(request)
      return { recoveryCodes: await asSelf(db, actor, (tx, note) => renewCodes(tx, note, crypto, actor.userId)) }
    },
  )

  app.delete(
    '/me/second-factor',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true },
      schema: {
        operationId: 'turnSecondFactorOff',
        summary: 'Sign in with the password alone again',
        tags,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const actor = signedIn(request)
      await asSelf(db, actor, (tx, note) => turnOff(tx, note, actor.userId))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/auth/step-up',
    {
      config: { access: 'signed-in', limit: guessing, idempotent: false },
      schema: {
        operationId: 'stepUp',
        summary: 'Show my second factor again',
        description: 'Dangerous acts answer 403 `auth.step_up_required` unless this was done within ten minutes.',
        tags,
        body: totpInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { userId, sessionId } = signedIn(request)
      const passed = await asPerson(db, userId, async (tx) => {
        const outcome = await takeCode(tx, crypto, userId, request.body.totp)
        if (outcome === 'passed') await markSession(tx, sessionId)
        return outcome === 'passed' || outcome === 'none'
      })
      if (!passed) invalid('second_factor.wrong', 'This code is not right, or it was used before.', 'totp')
      return reply.code(204).send(null)
    },
  )
}
