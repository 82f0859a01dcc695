import { z } from 'zod'
import { tokenView, totpInput } from '@sparkle/shared/auth'
import { discoveredView, discoverInput } from '@sparkle/shared/identity-providers'
import { AppError } from '../../core/app-error.ts'
import { asPerson } from '../../core/as-person.ts'
import { sha256 } from '../../core/crypto.ts'
import { findPerson } from '../../db/system.ts'
import { offeredProviders, spendOnce } from '../../db/system-sign-in.ts'
import type { App } from '../../plugins/types.ts'
import { openSession } from '../auth/auth.service.ts'
import { getProfile } from '../auth/profile.service.ts'
import { assertPassed, takeCode } from '../auth/second-factor.service.ts'
import { emailDomain } from '../auth/studio-doors.service.ts'
import { admitAttempt, noteFailure, noteSuccess } from '../auth/throttle.service.ts'
import { createEntry } from './entry.ts'
import { safeNext } from './flow.service.ts'
import { ownUrls } from './providers.rules.ts'

const tags = ["Studios' own sign-in"]
const asking = { max: 60, windowSeconds: 60, by: 'address' } as const

/** Which providers somebody may sign in through, and the code that some sign-ins want after them. */
export async function ssoRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps
  const { limits } = app
  const entry = createEntry(app)

  app.post(
    '/auth/sso/discover',
    {
      config: { access: 'public', limit: asking, idempotent: false },
      schema: {
        operationId: 'discoverSso',
        summary: 'Where somebody may sign in besides here',
        description:
          'By the domain of an address, or by a studio. It is the same for every address of a domain: whether anybody has it is not said.',
        tags,
        body: discoverInput,
        response: { 200: discoveredView },
      },
    },
    async ({ body: { email, studio } }) => {
      const offered = await offeredProviders(db, studio ? { slug: studio } : { domain: emailDomain(email ?? '') })
      return {
        providers: offered.map(({ id, name, kind, studioSlug, studioName }) => ({
          id,
          name,
          kind,
          studio: { slug: studioSlug, name: studioName },
          startUrl: ownUrls(config.publicOrigin, kind, id).startUrl,
        })),
      }
    },
  )

  app.post(
    '/auth/sso/complete',
    {
      config: { access: 'public', limit: false, idempotent: false },
      schema: {
        operationId: 'completeSso',
        summary: 'Show the second factor after a sign-in through a provider',
        description: 'In the browser that came back from it. `next` is where it was going.',
        tags,
        body: totpInput,
        response: { 200: tokenView.extend({ next: z.string() }).meta({ id: 'CompletedSso' }) },
      },
    },
    async (request, reply) => {
      const waiting = entry.waitingOf(request)
      const person = waiting && (await findPerson(db, waiting.userId))
      if (!waiting || !person)
        throw new AppError('gone', 'sso.expired', 'This sign-in has waited too long. Begin it again.')
      const { userId, organizationId, providerId } = waiting
      const attempt = { account: person.emailIndex.slice(0, 22), address: request.ip, device: null }
      const admission = await admitAttempt(limits, attempt, true)
      if (!admission.admitted) {
        reply.header('retry-after', admission.retryAfterSeconds)
        throw new AppError('rate_limited', 'auth.throttled', 'Too many wrong codes. Wait a while.')
      }
      const outcome = await asPerson(db, userId, (tx) => takeCode(tx, crypto, userId, request.body.totp))
      if (outcome === 'wrong') await noteFailure(limits, attempt, true)
      assertPassed(outcome)
      if (!(await spendOnce(db, sha256(`sso:${waiting.id}`), new Date(waiting.expiresAt))))
        throw new AppError('gone', 'sso.expired', 'This sign-in was completed before. Begin it again.')
      await noteSuccess(limits, attempt)
      const session = await openSession(db, userId, request.origin, {
        organizationId,
        providerId,
        secondFactor: true,
      })
      entry.forget(reply)
      const user = await asPerson(db, userId, (tx) => getProfile(tx, crypto, userId))
      return { ...reply.grantSession(session), user, next: safeNext(waiting.next) }
    },
  )
}
