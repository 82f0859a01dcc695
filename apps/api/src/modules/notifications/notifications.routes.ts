import { z } from 'zod'
import {
  listNotificationsQuery,
  notificationList,
  notificationView,
  sendNotificationInput,
  unreadCount,
} from '@sparkle/shared/activity'
import { idParams } from '@sparkle/shared/text'
import { asksFor } from '../../core/cursor.ts'
import type { App } from '../../plugins/types.ts'
import { countNotifications, type ListFilter, listNotifications, markAllRead } from './notifications.queries.ts'
import { readNotification, sendMessage } from './notifications.service.ts'

const tags = ['Notifications']

export async function notificationRoutes(app: App): Promise<void> {
  app.get(
    '/notifications',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'listNotifications',
        summary: 'Your notifications, newest first',
        description: 'Only your own in the active studio. A new one is announced by the event `notification:added`.',
        tags,
        querystring: listNotificationsQuery,
        response: { 200: notificationList },
      },
    },
    (req) =>
      req.inTenant(async (tx) => {
        const { unread, kind, cursor, limit, include, sort } = req.query
        const filter: ListFilter = {
          userId: req.actor.userId,
          limit,
          sort,
          ...(cursor && { cursor }),
          ...(kind && { kind }),
          ...(unread && { unread: unread === 'true' }),
        }
        const { rows, nextCursor } = await listNotifications(tx, filter)
        if (!asksFor(include, 'total')) return { items: rows, nextCursor }
        return { items: rows, nextCursor, total: await countNotifications(tx, filter) }
      }),
  )

  app.get(
    '/notifications/unread-count',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'countUnreadNotifications',
        summary: 'How many of your notifications you have not read',
        tags,
        response: { 200: unreadCount },
      },
    },
    (req) =>
      req.inTenant(async (tx) => ({ count: await countNotifications(tx, { userId: req.actor.userId, unread: true }) })),
  )

  app.post(
    '/notifications/:id/read',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'readNotification',
        summary: 'Mark a notification as read',
        description: 'Doing it again changes nothing.',
        tags,
        params: idParams,
        response: { 200: notificationView },
      },
    },
    (req) => req.inTenant((tx) => readNotification(tx, req.actor, req.params.id)),
  )

  app.post(
    '/notifications/read-all',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'readAllNotifications',
        summary: 'Mark all your notifications as read',
        tags,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await req.inTenant((tx) => markAllRead(tx, req.actor.userId))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/notifications',
    {
      config: { access: 'notifications:send' },
      schema: {
        operationId: 'sendNotification',
        summary: 'Send a person a message',
        description: 'It shows in the app, and goes out on the other channels that the person has chosen.',
        tags,
        body: sendNotificationInput,
        response: { 201: notificationView },
      },
    },
    async (req, reply) => reply.code(201).send(await req.inTenant((tx) => sendMessage(tx, req.actor, req.body))),
  )
}
