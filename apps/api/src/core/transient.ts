import type { TransientEventType } from '@sparkle/shared/events'
import type { UserActor } from './actor.ts'

interface Who {
  userId: string
  userName: string
}

/** What is told to whoever is connected, in one room, and never stored. `others`: of a crowd, all but the first. */
export interface Transient {
  type: TransientEventType
  at: string
  room: string
  data: Who & { upTo?: number; others?: Who[] }
}

/** The part of the shared state that passes messages on. */
interface Channels {
  publish(channel: string, message: string): Promise<void>
}

/** Where a studio's transient events are published for the sockets of all processes. */
export function transientChannel(organizationId: string): string {
  return `org:${organizationId}:presence`
}

/** Where it is noted who is in a room. */
export function rosterOf(organizationId: string, room: string): string {
  return `org:${organizationId}:room:${room}`
}

/** Tells a room of something that one of its people does. It may be lost, so nothing may depend on it. */
export async function tellRoom(
  shared: Channels,
  actor: Pick<UserActor, 'organizationId' | 'userId' | 'displayName'>,
  what: { type: TransientEventType; room: string; upTo?: number },
): Promise<void> {
  const { type, room, upTo } = what
  const data = { userId: actor.userId, userName: actor.displayName, ...(upTo !== undefined && { upTo }) }
  const event: Transient = { type, at: new Date().toISOString(), room, data }
  await shared.publish(transientChannel(actor.organizationId), JSON.stringify(event))
}
