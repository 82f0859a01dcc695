import { z } from 'zod'
import { pushSubscriptionInput, pushSubscriptionList, pushSubscriptionView } from '@sparkle/shared/notifications'
import { idParams } from '@sparkle/shared/text'
import { conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { areUsable } from '../../core/push-encryption.ts'
import { assertCallable, OutgoingError } from '../../core/safe-fetch.ts'
import type { App } from '../../plugins/types.ts'
import { deleteOwnSubscription, listDevices, saveSubscription } from './push.queries.ts'

const tags = ['Notifications']

/** Browsers that show the signed-in person's notifications. */
export async function pushRoutes(app: App): Promise<void> {
  const { crypto, push, config } = app.deps

  app.get(
    '/me/push-subscriptions',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'listPushSubscriptions',
        summary: 'Browsers that show your notifications',
        tags,
        response: { 200: pushSubscriptionList },
      },
    },
    async (req) => ({ items: await req.inTenant((tx) => listDevices(tx, req.actor.userId)) }),
  )

  app.post(
    '/me/push-subscriptions',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'addPushSubscription',
        summary: 'Show notifications in this browser',
        description:
          'The body is what `PushSubscription.toJSON()` gives, subscribed with `pushKey` of your preferences.',
        tags,
        body: pushSubscriptionInput,
        response: { 201: pushSubscriptionView },
      },
    },
    async (req, reply) => {
      if (!push) conflict('push.not_set_up', 'Web push is not set up on this installation.')
      const { endpoint, keys } = req.body
      if (!areUsable(keys)) invalid('push.bad_keys', 'These are not the keys of a browser.', 'keys')
      await assertOutside(endpoint)
      const device = {
        endpoint,
        json: JSON.stringify({ endpoint, keys }),
        name: req.actor.origin.userAgent.slice(0, 300),
      }
      const saved = await req.inTenant(async (tx) => {
        const row = await saveSubscription(tx, crypto, { ...device, userId: req.actor.userId })
        if (row) await recordAudit(tx, req.actor, 'push:subscribed', { entity: 'user', id: req.actor.userId })
        return row
      })
      return reply.code(201).send(saved ?? notFound('push_subscription'))
    },
  )

  async function assertOutside(endpoint: string): Promise<void> {
    try {
      await assertCallable(endpoint, config.outgoing)
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error
      invalid('push.bad_endpoint', 'This is not the address of a push service.', 'body.endpoint')
    }
  }

  app.delete(
    '/me/push-subscriptions/:id',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'removePushSubscription',
        summary: 'Show no more notifications in a browser',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant(async (tx) => {
        const { id } = req.params
        if (!(await deleteOwnSubscription(tx, req.actor.userId, id))) notFound('push_subscription')
        await recordAudit(tx, req.actor, 'push:unsubscribed', { entity: 'user', id: req.actor.userId })
      })
      return reply.code(204).send(null)
    },
  )
}
