import type { NotificationView } from '@sparkle/shared/activity'
import { decide } from '@sparkle/shared/decide'
import type { EventData, NotificationKind } from '@sparkle/shared/events'
import type { Permission, Role } from '@sparkle/shared/permissions'
import { type Actor, actorUserId, type UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { HandledEvent } from '../../core/event-handlers.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { findResource } from '../../core/resources.ts'
import { findSubject } from '../../core/subjects.ts'
import { joinTellings } from './conversation-news.ts'
import {
  findBuildCreator,
  findProjectFacts,
  findUploader,
  findVersionMaker,
  insertNotifications,
  listClientIds,
  listMemberIds,
  markRead,
  type NewNotification,
} from './notifications.queries.ts'
import { isNotifying, kindOf, type NotifyingEvent, recipientsOf, waysOf } from './notifications.rules.ts'
import { findTold, listMuting, listTold } from './settings.queries.ts'

type Telling = Omit<NewNotification, 'inApp'>

/**
 * Writes notifications for those who want to hear of them, and says so to each person's open pages and to the channels
 * outside the app. What was written before is not written again.
 */
export async function notify(tx: TenantTx, actor: Actor, rows: readonly Telling[]) {
  const people = await listTold(tx, [...new Set(rows.map(({ userId }) => userId))])
  const told = new Map(people.map((person) => [person.userId, person]))
  const muting = new Map<string, ReadonlySet<string>>()
  for (const projectId of new Set(rows.flatMap((row) => row.projectId ?? [])))
    muting.set(projectId, new Set(await listMuting(tx, projectId, [...told.keys()])))
  const wanted = rows.flatMap((row): NewNotification[] => {
    const person = told.get(row.userId)
    if (!person) return []
    const muted = row.projectId ? (muting.get(row.projectId)?.has(row.userId) ?? false) : false
    const ways = waysOf(row.kind, { ...person, muted })
    return ways.length > 0 ? [{ ...row, inApp: ways.includes('in_app') }] : []
  })
  const written = await insertNotifications(tx, wanted)
  for (const { id, userId, kind, projectId } of written)
    await emit(tx, actor, 'notification:added', { projectId, data: { notificationId: id, userId, kind } })
  return written
}

/** Notifies everybody whom the event concerns; answers how many had not been told yet. */
export async function notifyOfEvent(tx: TenantTx, actor: Actor, event: HandledEvent): Promise<number> {
  // A move that a review made is told of as the review.
  if (!isNotifying(event.type) || event.data['byReview'] === true) return 0
  const kind = kindOf[event.type]
  const data = await factsFor(tx, event)
  const concerned = await listConcerned(tx, event.type, event)
  const isMessage = event.type === 'message:added'
  const allowed = await listAllowed(tx, concerned, event.projectId, isMessage ? 'messages:read' : 'projects:read')
  const people = isMessage ? await joinTellings(tx, actor, event, allowed) : allowed
  const rows = people.map((userId) => ({ userId, kind, projectId: event.projectId, eventId: event.id, data }))
  return (await notify(tx, actor, rows)).length
}

/** Those who may see what is told of, in its project. */
async function listAllowed(
  tx: TenantTx,
  people: readonly string[],
  projectId: string | null,
  permission: Permission,
): Promise<string[]> {
  const resource = projectId ? await findResource(tx, 'projects', projectId) : undefined
  if (!resource) return [...people]
  const allowed: string[] = []
  for (const userId of people) {
    const subject = await findSubject(tx, userId)
    if (subject && decide(subject, permission, resource).allowed) allowed.push(userId)
  }
  return allowed
}

/** The people of the studio whom an event concerns, always in the same order. */
async function listConcerned(tx: TenantTx, type: NotifyingEvent, event: HandledEvent): Promise<string[]> {
  const { buildId, assetId, userId, ownerId, versionId } = event.data
  const project = event.projectId ? await findProjectFacts(tx, event.projectId) : undefined
  const creator = typeof buildId === 'string' ? await findBuildCreator(tx, buildId) : null
  const maker = typeof versionId === 'string' ? await findVersionMaker(tx, versionId) : null
  const uploader = type === 'asset:rejected' && typeof assetId === 'string' ? await findUploader(tx, assetId) : null
  return recipientsOf(type, {
    actorId: event.actorId,
    // What the studio itself writes is no news to those who run it.
    leads: event.data['side'] === 'studio' ? [] : await listMemberIds(tx, ['admin', 'manager']),
    artist: type === 'project:assigned' ? asId(userId) : (project?.assignedArtistId ?? null),
    creator: uploader ?? creator ?? maker,
    owner: asId(ownerId),
    clients: project?.accountId && toldToClients.includes(type) ? await listClientIds(tx, project.accountId) : [],
  })
}

/** What customers hear of in the projects of their account. */
const toldToClients: readonly NotifyingEvent[] = ['project:status:changed', 'version:added', 'message:added']

function asId(value: EventData[string] | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** Facts of an event that a notification of it repeats. */
const repeated = [
  'slug',
  'primaryDomain',
  'days',
  'domain',
  'filename',
  'from',
  'to',
  'keyName',
  'versionId',
  'number',
  'deliverable',
  'settledBy',
  'messageId',
] as const

async function factsFor(tx: TenantTx, event: HandledEvent): Promise<EventData> {
  const project = event.projectId ? await findProjectFacts(tx, event.projectId) : undefined
  const facts = repeated.flatMap((key) => (event.data[key] ? [[key, event.data[key]] as const] : []))
  return {
    ...(project && { petName: project.petName }),
    ...(project?.orderNumber && { orderNumber: project.orderNumber }),
    ...Object.fromEntries(facts),
    // What settled by itself is nobody's doing.
    ...(!event.data['settledBy'] && actorFacts(event)),
  }
}

/** Who did it, and whether it was a guest: nobody else has a name and no account. */
export function actorFacts({ actorId, actorName }: HandledEvent): EventData {
  if (!actorName) return {}
  return actorId === null ? { actorName, guest: true } : { actorName }
}

/** Tells people of the studio with these roles what concerns them all, but not whoever did it. */
export async function notifyRoles(
  tx: TenantTx,
  actor: Actor,
  roles: readonly Role[],
  news: { kind: NotificationKind; data: EventData },
): Promise<void> {
  const people = await listMemberIds(tx, roles)
  const eventId = newId()
  const rows = people.filter((userId) => userId !== actorUserId(actor))
  await notify(
    tx,
    actor,
    rows.map((userId) => ({ userId, projectId: null, eventId, ...news })),
  )
}

/** A manager's own words to a person of the studio. */
export async function sendMessage(
  tx: TenantTx,
  actor: UserActor,
  input: { userId: string; message: string; projectId?: string | undefined },
): Promise<NotificationView> {
  const { userId, message, projectId = null } = input
  if (!(await findTold(tx, userId))) notFound('user')
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
