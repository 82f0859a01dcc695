import type { FastifyRequest } from 'fastify'
import { unsubscribeParams, unsubscribeView } from '@sparkle/shared/notifications'
import type { PublicActor } from '../../core/actor.ts'
import type { App } from '../../plugins/types.ts'
import { getSubscription, readStop, setSubscription } from './unsubscribe.service.ts'

const tags = ['Notifications']
const byLink = { max: 60, windowSeconds: 60, by: 'address' } as const

function visitor({ origin }: FastifyRequest, organizationId: string): PublicActor {
  return { kind: 'public', organizationId, origin }
}

/** Links of mails that stop them. Whoever has the mail may stop its kind; nobody has to be signed in. */
export async function unsubscribeRoutes(app: App): Promise<void> {
  const { crypto, config } = app.deps

  // What mail programs post (RFC 8058, 3.2) says nothing that the address does not.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 1000 },
    (_r, _b, done) => done(null, undefined),
  )
  app.get(
    '/public/unsubscribe/:token',
    {
      config: { access: 'public', limit: byLink },
      schema: {
        tags,
        params: unsubscribeParams,
        response: { 200: unsubscribeView },
        operationId: 'getMailSubscription',
        summary: 'Which mails a link stops',
        description: 'A browser is sent to the page that asks first: only a POST stops anything.',
      },
    },
    async (req, reply) => {
      const { organizationId, userId, what } = readStop(crypto, req.params.token)
      if (req.headers.accept?.includes('text/html'))
        return reply.redirect(`${config.publicOrigin}/unsubscribe#${req.params.token}`, 303) as never
      return req.inTenantAs(visitor(req, organizationId), (tx) => getSubscription(tx, userId, what))
    },
  )
  for (const [method, subscribed] of [
    ['post', false],
    ['put', true],
  ] as const)
    app[method](
      '/public/unsubscribe/:token',
      {
        config: { access: 'public', limit: byLink, idempotent: false },
        schema: {
          tags,
          params: unsubscribeParams,
          response: { 200: unsubscribeView },
          operationId: subscribed ? 'resubscribeMails' : 'unsubscribeMails',
          summary: subscribed ? 'Get the mails of a link again' : 'Stop the mails of a link',
          description: 'One click for mail programs (RFC 8058): nobody has to be signed in, and no other mail stops.',
        },
      },
      (req) => {
        const { organizationId, userId, what } = readStop(crypto, req.params.token)
        const actor = visitor(req, organizationId)
        return req.inTenantAs(actor, (tx) => setSubscription(tx, actor, userId, what, subscribed))
      },
    )
}
