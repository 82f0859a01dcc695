import { type DeliveryView, deliveryList, deliveryView, listDeliveriesQuery } from '@sparkle/shared/notifications'
import { idParams } from '@sparkle/shared/text'
import { conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor } from '../../core/cursor.ts'
import type { App } from '../../plugins/types.ts'
import { countDeliveries, findDelivery, listDeliveries, retryDelivery } from './deliveries.queries.ts'

const tags = ['Notifications']

/** What became of every message that left the app, for those who look after the team. */
export async function deliveryRoutes(app: App): Promise<void> {
  app.get(
    '/notification-deliveries',
    {
      config: { access: 'users:update' },
      schema: {
        operationId: 'listNotificationDeliveries',
        summary: 'What became of mails, push and text messages',
        description: 'Those that were given up, unless `status` says otherwise. Kept for 90 days.',
        tags,
        querystring: listDeliveriesQuery,
        response: { 200: deliveryList },
      },
    },
    (req) =>
      req.inTenant(async (tx) => {
        const { cursor, include, ...query } = req.query
        const { rows, nextCursor } = await listDeliveries(tx, { ...query, ...(cursor && { cursor }) })
        const total = asksFor(include, 'total') ? await countDeliveries(tx, query.status) : undefined
        return { items: rows.map((row) => toView(row)), nextCursor, ...(total !== undefined && { total }) }
      }),
  )

  app.post(
    '/notification-deliveries/:id/retry',
    {
      config: { access: 'users:update' },
      schema: {
        operationId: 'retryNotificationDelivery',
        summary: 'Try a message again that was given up',
        tags,
        params: idParams,
        response: { 200: deliveryView },
      },
    },
    (req) =>
      req.inTenant(async (tx) => {
        const { id } = req.params
        const before = (await findDelivery(tx, id)) ?? notFound('delivery')
        if (!(await retryDelivery(tx, id)))
          conflict(
            'delivery.not_failed',
            'Only what was given up is tried again, and mails about sign-in are asked for anew by the person.',
          )
        await recordAudit(tx, req.actor, 'notification:delivery:retried', {
          entity: 'notification',
          id,
          changes: { channel: before.channel, kind: before.kind },
        })
        return toView((await findDelivery(tx, id)) ?? notFound('delivery'))
      }),
  )
}

type Row = NonNullable<Awaited<ReturnType<typeof findDelivery>>>

function toView(row: Row): DeliveryView {
  const { id, channel, kind, projectId, status, attempts, failure, createdAt, sentAt } = row
  return {
    id,
    channel,
    kind,
    recipient: { userId: row.userId, name: row.name ?? '' },
    projectId,
    status,
    attempts,
    failure,
    createdAt,
    dueAt: status === 'waiting' ? row.dueAt : null,
    sentAt,
  }
}
