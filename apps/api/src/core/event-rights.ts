import { clientEventTypes, type EventType } from '@sparkle/shared/events'
import { can, isClient, type UserActor } from './actor.ts'
import type { LoggedEvent } from './event-log.ts'

/** Events that concern one person only: they are no part of anybody's feed. */
export const personalTypes: readonly EventType[] = [
  'notification:added',
  'project:import:advanced',
  'view:saved',
  'view:deleted',
]

const forClients: ReadonlySet<EventType> = new Set(clientEventTypes)

/**
 * Whether somebody may learn of an event: the studio's people of all, a customer of their account's projects. What is
 * meant for a person is no key's business. An event that says `internal` is for those who may read internal comments.
 */
export function maySeeEvent(
  actor: UserActor,
  event: Pick<LoggedEvent, 'type' | 'accountId' | 'assignedArtistId' | 'projectId' | 'data'>,
): boolean {
  if (personalTypes.includes(event.type)) return event.data['userId'] === actor.userId && !actor.viaKey
  const { projectId, accountId, assignedArtistId } = event
  const place = { projectId, accountId, assignedArtistId }
  if (event.type.startsWith('message:') && !can(actor, 'messages:read', place)) return false
  if (event.data['internal'] === true && !can(actor, 'reviews:internal', place)) return false
  if (isClient(actor)) return forClients.has(event.type) && can(actor, 'projects:read', { projectId, accountId })
  if (projectId && !can(actor, 'projects:read', { projectId, accountId })) return false
  return can(actor, 'activity:read', { projectId, accountId })
}

/** The rooms an event is heard in. A personal one is heard by its person wherever they are. */
export function roomsOf(event: Pick<LoggedEvent, 'projectId' | 'accountId'>): string[] {
  const rooms = ['org']
  if (event.projectId) rooms.push(`project:${event.projectId}`)
  if (event.accountId) rooms.push(`account:${event.accountId}`)
  return rooms
}

export type RoomTarget = { kind: 'org' } | { kind: 'account' | 'project'; id: string }

export function parseRoom(room: string): RoomTarget {
  const [kind, id] = room.split(':')
  return (kind === 'account' || kind === 'project') && id ? { kind, id } : { kind: 'org' }
}

/** Whether somebody may be in a room, `accountId` being that of the room's project or the room's own. */
export function mayEnter(actor: UserActor, target: RoomTarget, accountId: string | null): boolean {
  if (target.kind === 'org') return !isClient(actor) && can(actor, 'activity:read')
  return can(actor, 'projects:read', { accountId, ...(target.kind === 'project' && { projectId: target.id }) })
}

/** Where somebody is without asking: what happens in the studio, or in their account. */
export function homeRoom(actor: UserActor): string | null {
  if (!isClient(actor)) return can(actor, 'activity:read') ? 'org' : null
  return actor.accountId && `account:${actor.accountId}`
}
