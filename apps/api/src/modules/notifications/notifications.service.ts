import type { NotificationView } from '@sparkle/shared/activity'
import type { EventData } from '@sparkle/shared/events'
import type { Actor, UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { HandledEvent } from '../../core/event-handlers.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import {
  findBuildCreator,
  findProjectFacts,
  findRecipient,
  insertNotifications,
  listMemberIds,
  markRead,
  type NewNotification,
} from './notifications.queries.ts'
import { isNotifying, kindOf, recipientsOf } from './notifications.rules.ts'

/** Writes notifications and says so to each person's open pages. What was written before is not written again. */
async function notify(tx: TenantTx, actor: Actor, rows: readonly NewNotification[]) {
  const written = await insertNotifications(tx, rows)
  for (const { id, userId, kind, projectId } of written)
    await emit(tx, actor, 'notification:added', { projectId, data: { notificationId: id, userId, kind } })
  return written
}

/** Notifies everybody whom the event concerns; answers how many had not been told yet. */
export async function notifyOfEvent(tx: TenantTx, actor: Actor, event: HandledEvent): Promise<number> {
  if (!isNotifying(event.type)) return 0
  const kind = kindOf[event.type]
  const data = await factsFor(tx, event)
  const people = await listConcerned(tx, event)
  const rows = people.map((userId) => ({ userId, kind, projectId: event.projectId, eventId: event.id, data }))
  return (await notify(tx, actor, rows)).length
}

/** The people of the studio whom an event concerns, always in the same order. */
export async function listConcerned(tx: TenantTx, event: HandledEvent): Promise<string[]> {
  if (!isNotifying(event.type)) return []
  const { buildId, userId, ownerId } = event.data
  const project = event.projectId ? await findProjectFacts(tx, event.projectId) : undefined
  const people = recipientsOf(event.type, {
    actorId: event.actorId,
    leads: await listMemberIds(tx, ['admin', 'manager']),
    artist: event.type === 'project:assigned' ? asId(userId) : (project?.assignedArtistId ?? null),
    creator: typeof buildId === 'string' ? await findBuildCreator(tx, buildId) : null,
    owner: asId(ownerId),
  })
  const active: string[] = []
  for (const id of people) if (await findRecipient(tx, id)) active.push(id)
  return active
}

function asId(value: EventData[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

async function factsFor(tx: TenantTx, event: HandledEvent): Promise<EventData> {
  if (event.type === 'user:key:expiring') return { keyName: event.data['keyName'] ?? '', days: event.data['days'] ?? 0 }
  if (!event.projectId) return {}
  const project = await findProjectFacts(tx, event.projectId)
  const { slug, days } = event.data
  return {
    petName: project?.petName ?? null,
    ...(project?.orderNumber && { orderNumber: project.orderNumber }),
    ...(slug && { slug }),
    ...(days && { days }),
    ...(event.actorName && { actorName: event.actorName }),
  }
}

/** A manager's own words to a person of the studio. */
export async function sendMessage(
  tx: TenantTx,
  actor: UserActor,
  input: { userId: string; message: string; projectId?: string | undefined },
): Promise<NotificationView> {
  const { userId, message, projectId = null } = input
  if (!(await findRecipient(tx, userId))) notFound('user')
  const project = projectId ? ((await findProjectFacts(tx, projectId)) ?? notFound('project')) : undefined
  const data = { message, from: actor.displayName, ...(project && { petName: project.petName }) }
  const [written] = await notify(tx, actor, [{ userId, kind: 'message', projectId, eventId: newId(), data }])
  if (!written) throw new Error('A message of its own event was not written.')
  await recordAudit(tx, actor, 'notification:sent', {
    entity: 'notification',
    id: written.id,
    changes: { userId, projectId },
  })
  return written
}

export async function readNotification(tx: TenantTx, actor: UserActor, id: string): Promise<NotificationView> {
  return (await markRead(tx, actor.userId, id)) ?? notFound('notification')
}
