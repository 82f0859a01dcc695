import type { FastifyRequest } from 'fastify'
import { guestSessionView, openReviewInput, reviewLinkParams, reviewLinkView } from '@sparkle/shared/guest-links'
import type { PublicActor } from '../../core/actor.ts'
import { AppError } from '../../core/app-error.ts'
import type { App } from '../../plugins/types.ts'
import { verifyPassword } from '../auth/passwords.service.ts'
import { asOneTry } from '../auth/throttle.service.ts'
import { assertLinkOpen } from './guest-links.rules.ts'
import { describeLink, findByToken, openVisit, readLinkToken } from './open-review.service.ts'

const tags = ['Review links']

/** What whoever has a review link sees and does before they are in. */
export async function openReviewRoutes(app: App): Promise<void> {
  const { crypto } = app.deps

  function read(request: FastifyRequest, token: string) {
    const { organizationId, linkId } = readLinkToken(crypto, token)
    const actor: PublicActor = { kind: 'public', organizationId, origin: request.origin }
    const find = () => request.inTenantAs(actor, (tx) => findByToken(tx, crypto, linkId, token))
    return { actor, find }
  }

  app.get(
    '/public/reviews/:token',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getReviewLink',
        summary: 'Look at a review link',
        description: 'Whether it is still open, and whether it takes a password.',
        tags,
        params: reviewLinkParams,
        response: { 200: reviewLinkView },
      },
    },
    async (req) => describeLink(await read(req, req.params.token).find()),
  )

  app.post(
    '/public/reviews/:token',
    {
      config: { access: 'public', limit: { max: 30, windowSeconds: 60, by: 'address' }, idempotent: false },
      schema: {
        operationId: 'openReview',
        summary: 'Come in by a review link',
        description:
          'Answers the token of a visit, which ends after some hours, with the link, or when the link is ended. Wrong ' +
          'passwords are counted by link and network: who guesses shuts out nobody but themselves.',
        tags,
        params: reviewLinkParams,
        body: openReviewInput,
        response: { 200: guestSessionView },
      },
    },
    async (req, reply) => {
      const { actor, find } = read(req, req.params.token)
      const link = await find()
      assertLinkOpen(link, new Date())
      const { passwordHash } = link
      const { name, password } = req.body
      if (passwordHash !== null) {
        if (password === undefined)
          throw new AppError('unauthenticated', 'guest_link.password_needed', 'This link takes a password.')
        const attempt = { account: `guest-link:${link.id}`, address: req.ip, device: null, withCode: false }
        await asOneTry(app.limits, reply, attempt, async (known) => {
          if (!(await verifyPassword(password, passwordHash, known)))
            throw new AppError('unauthenticated', 'guest_link.wrong_password', 'This is not the password of the link.')
        })
      }
      return req.inTenantAs(actor, (tx) => openVisit(tx, crypto, actor, link, name))
    },
  )
}
