import { z } from 'zod'
import { eventNouns, eventView, notificationKinds, eventData } from './events.ts'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { id, name, text, time } from './text.ts'

export const activityList = listOf(eventView)
export const listActivityQuery = pageQuery.extend({
  ...sortedBy('-seq', 'seq'),
  projectId: id.optional(),
  about: z.enum(eventNouns).optional().meta({ description: 'Only events of this noun: `build` for `build:passed`.' }),
  withoutBy: id.optional().meta({ description: 'Without what this person did.' }),
  after: z.coerce.number().int().min(0).optional().meta({ description: 'Oldest first from this `seq` on.' }),
})

export const notificationView = z
  .object({
    id,
    kind: z.enum(notificationKinds),
    projectId: id.nullable(),
    data: eventData,
    readAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: 'Notification' })
export type NotificationView = z.infer<typeof notificationView>
export const notificationList = listOf(notificationView)
export const listNotificationsQuery = pageQuery.extend({
  ...sortedBy('-createdAt', 'createdAt'),
  unread: z.enum(['true', 'false']).optional(),
  kind: z.enum(notificationKinds).optional(),
})
export const unreadCount = z.object({ count: z.int() })
export const sendNotificationInput = z
  .object({ userId: id, message: name(500), projectId: id.optional() })
  .meta({ id: 'SendNotificationInput' })

export const healthView = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    checks: z.record(
      z.string(),
      z.object({
        status: z.enum(['ok', 'degraded', 'down']),
        detail: text(300).optional(),
        latencyMs: z.number().optional(),
      }),
    ),
  })
  .meta({ id: 'Health' })
