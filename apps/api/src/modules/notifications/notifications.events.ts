import { eventTypes } from '@sparkle/shared/events'
import type { EventHandler, HandledEvent } from '../../core/event-handlers.ts'
import { inTenant, type TenantTx } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { commentNews, notifyOfComment } from './comment-news.ts'
import { insertDeliveries } from './deliveries.queries.ts'
import { isOutside, outsideEvents, outsiderOf } from './outside-mails.ts'
import { outsideOf } from './parcels.ts'
import { findNotification } from './notifications.queries.ts'
import { conversationPauseSeconds, isNotifying, waysOf } from './notifications.rules.ts'
import { notifyOfEvent } from './notifications.service.ts'
import { sendDue } from './send-due.ts'
import { findTold } from './settings.queries.ts'

const notifications: EventHandler<Deps> = {
  name: 'notifications',
  on: [...eventTypes.filter(isNotifying), ...commentNews],
  async run(deps, event, job) {
    const tell = isNotifying(event.type) ? notifyOfEvent : notifyOfComment
    await job.step('notify', () => inTenant(deps.db, job.actor, (tx) => tell(tx, job.actor, event)))
  },
}

/**
 * Writes down what has to leave the app and sends it at once. What cannot be sent stays due and is tried again by the
 * sweep: the rows remember, not the job.
 */
const deliveries: EventHandler<Deps> = {
  name: 'deliveries',
  on: ['notification:added', ...outsideEvents],
  lane: 'mail',
  async run(deps, event, job) {
    const planned = await job.step('plan', () => inTenant(deps.db, job.actor, (tx) => planDeliveries(tx, event)))
    if (planned > 0) await job.step('send', () => sendDue(deps, job.actor, job.log))
  },
}

/** Writes down what an event sends out of the app; answers how much of it is new. */
export async function planDeliveries(tx: TenantTx, event: HandledEvent): Promise<number> {
  return isOutside(event.type) ? planOutside(tx, event, outsiderOf[event.type]) : planChosen(tx, event)
}

function planOutside(tx: TenantTx, { id, projectId }: HandledEvent, kind: string): Promise<number> {
  const row = { channel: 'mail', key: `${id}.${kind}`, kind, userId: null, eventId: id, notificationId: null } as const
  return insertDeliveries(tx, [{ ...row, projectId }])
}

async function planChosen(tx: TenantTx, event: HandledEvent): Promise<number> {
  const { notificationId } = event.data
  const told = typeof notificationId === 'string' ? await findNotification(tx, notificationId) : undefined
  const person = told && (await findTold(tx, told.userId))
  if (!told || !person) return 0
  // Mutes were decided on when it was written; they are asked again when it goes.
  const ways = outsideOf(waysOf(told.kind, { ...person, muted: false }))
  const { userId, kind, projectId, eventId } = told
  const rows = ways.map((channel) => ({
    channel,
    waitSeconds: kind === 'message_received' && channel !== 'push' ? conversationPauseSeconds : 0,
    key: `${eventId}.${userId}`,
    kind,
    userId,
    eventId,
    notificationId: notificationId as string,
    projectId,
  }))
  return insertDeliveries(tx, rows)
}

export const notificationHandlers: readonly EventHandler<Deps>[] = [notifications, deliveries]
