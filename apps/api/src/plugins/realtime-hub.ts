import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import type { TransientEventType } from '@sparkle/shared/events'
import type { Shared } from '../adapters/shared-state.ts'
import type { UserActor } from '../core/actor.ts'
import { readEvents, readNewestSeq, toEventView, type LoggedEvent } from '../core/event-log.ts'
import { maySeeEvent, personalTypes, roomsOf } from '../core/event-rights.ts'
import { inTenantRead, type Database } from '../core/in-tenant.ts'
import { seldom } from '../core/seldom.ts'

/** Close codes of ours (RFC 6455 leaves 4000 to 4999 to applications). */
export const closeCodes = { sessionEnded: 4401, tooSlow: 4408 } as const

/** What may wait in one socket before its reader counts as too slow: a phone in a tunnel, not a dead page. */
const maxBufferedBytes = 1_000_000
const batchSize = 500

/** A connected page. */
export interface Member {
  actor: UserActor
  socket: WebSocket
  rooms: Set<string>
  /** The newest event it has been offered, sent or not. */
  seq: number
  /** Whether live events go to it directly; false while it is still catching up. */
  live: boolean
}

interface Transient {
  type: TransientEventType
  at: string
  room: string
  data: { userId: string; userName: string }
}

interface Studio {
  members: Set<Member>
  /** The newest event that was fanned out here. */
  seq: number
  pumping: Promise<void> | undefined
  again: boolean
  ready: Promise<void>
  /** Ends the hearing of presence; undefined where it never began. */
  presence: Promise<(() => Promise<void>) | undefined>
}

export interface Hub {
  /** Sends what came after `after`, then everything live, without gap or double. */
  connect(member: Member, after: number | undefined): Promise<void>
  disconnect(member: Member): Promise<void>
  enter(member: Member, room: string): Promise<void>
  leave(member: Member, room: string): Promise<void>
  typing(member: Member, room: string): Promise<void>
  /** New events of a studio have been numbered; studios without a connected page are none of this process's business. */
  wake(organizationId: string): void
  /** Notifications may have been missed. */
  wakeAll(): void
  members(): Member[]
  /** Waits, at most a second, until those who left have been announced. */
  close(): Promise<void>
}

interface HubLog {
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/**
 * Each process reads a studio's new events once and fans them out to its sockets; presence goes through `shared`, and
 * is all that is missing while that does not answer.
 */
export function createHub(deps: { db: Database; shared: Shared }, log: HubLog): Hub {
  const warn = seldom(60, (error: unknown) =>
    log.warn({ err: error }, 'the shared state does not answer: presence is not passed on'),
  )
  const goodbyes = new Set<Promise<void>>()
  const studios = new Map<string, Studio>()
  const asSystem = (organizationId: string) => ({ kind: 'system', organizationId, job: 'realtime' }) as const
  const read = (organizationId: string, after: number) =>
    inTenantRead(deps.db, asSystem(organizationId), (tx) => readEvents(tx, after, batchSize))

  function open(organizationId: string): Studio {
    const known = studios.get(organizationId)
    if (known) return known
    const studio: Studio = {
      members: new Set(),
      seq: 0,
      pumping: undefined,
      again: false,
      ready: Promise.resolve(),
      presence: Promise.resolve(undefined),
    }
    studios.set(organizationId, studio)
    studio.presence = hearPresence(organizationId, studio)
    studio.ready = (async () => {
      studio.seq = await inTenantRead(deps.db, asSystem(organizationId), readNewestSeq)
    })()
    studio.ready.catch(() => studios.delete(organizationId))
    return studio
  }

  async function hearPresence(organizationId: string, studio: Studio): Promise<(() => Promise<void>) | undefined> {
    try {
      return await deps.shared.subscribe(channelOf(organizationId), (message) =>
        spread(studio, JSON.parse(message) as Transient),
      )
    } catch (error) {
      warn(error)
      return undefined
    }
  }

  async function connect(member: Member, after: number | undefined): Promise<void> {
    const { organizationId } = member.actor
    const studio = open(organizationId)
    studio.members.add(member)
    await studio.ready
    const newest = await inTenantRead(deps.db, asSystem(organizationId), readNewestSeq)
    // A number from the future is of another database; there is nothing to catch up with.
    member.seq = Math.min(after ?? newest, newest)
    // The studio's cursor moves on meanwhile; whoever has reached it joins in the same turn of the event loop.
    while (member.seq < studio.seq || member.seq < newest) {
      const events = await read(organizationId, member.seq)
      if (events.length === 0) break
      for (const event of events) offer(member, event)
      if (!(await drained(member))) return
    }
    member.live = true
    send(member, { type: 'ready', at: new Date().toISOString(), data: { seq: member.seq } })
    wake(organizationId)
  }

  function wake(organizationId: string): void {
    const studio = studios.get(organizationId)
    if (!studio) return
    studio.again = true
    studio.pumping ??= pump(organizationId, studio)
      .catch((error: Error) => log.error({ err: error }, 'events could not be fanned out'))
      .finally(() => (studio.pumping = undefined))
  }

  async function pump(organizationId: string, studio: Studio): Promise<void> {
    await studio.ready
    while (studio.again) {
      studio.again = false
      const events = await read(organizationId, studio.seq)
      if (events.length === batchSize) studio.again = true
      for (const event of events) {
        studio.seq = event.seq
        for (const member of studio.members) if (member.live) offer(member, event)
      }
    }
  }

  function spread(studio: Studio, event: Transient): void {
    for (const member of studio.members)
      if (member.rooms.has(event.room) && member.actor.userId !== event.data.userId) send(member, event)
  }

  async function announce(member: Member, type: TransientEventType, room: string): Promise<void> {
    const { organizationId, userId, displayName } = member.actor
    const event: Transient = { type, at: new Date().toISOString(), room, data: { userId, userName: displayName } }
    await deps.shared.publish(channelOf(organizationId), JSON.stringify(event)).catch(warn)
  }

  /** Whether the person is in the room by another page of this process: then they have neither come nor gone. */
  function isThereToo(member: Member, room: string): boolean {
    const members = studios.get(member.actor.organizationId)?.members ?? []
    return [...members].some(
      (other) => other !== member && other.actor.userId === member.actor.userId && other.rooms.has(room),
    )
  }

  async function enter(member: Member, room: string): Promise<void> {
    if (member.rooms.has(room)) return
    member.rooms.add(room)
    if (!isThereToo(member, room)) await announce(member, 'user:joined', room)
  }

  async function leave(member: Member, room: string): Promise<void> {
    if (member.rooms.delete(room) && !isThereToo(member, room)) await announce(member, 'user:left', room)
  }

  async function sayGoodbye(member: Member): Promise<void> {
    const { organizationId } = member.actor
    const studio = studios.get(organizationId)
    if (!studio?.members.has(member)) return
    member.live = false
    for (const room of member.rooms) await leave(member, room)
    studio.members.delete(member)
    if (studio.members.size > 0) return
    studios.delete(organizationId)
    await (await studio.presence)?.().catch(warn)
  }

  return {
    connect,
    enter,
    leave,
    wake,
    disconnect(member) {
      const goodbye = sayGoodbye(member).finally(() => goodbyes.delete(goodbye))
      goodbyes.add(goodbye)
      return goodbye
    },
    typing: (member, room) => (member.rooms.has(room) ? announce(member, 'typing', room) : Promise.resolve()),
    wakeAll() {
      for (const organizationId of studios.keys()) wake(organizationId)
    },
    members: () => [...studios.values()].flatMap((studio) => [...studio.members]),
    async close() {
      await Promise.race([Promise.all(goodbyes), sleep(1000, undefined, { ref: false })])
    },
  }
}

function channelOf(organizationId: string): string {
  return `org:${organizationId}:presence`
}

/** Sends an event once to whoever may see it and is in one of its rooms. */
function offer(member: Member, event: LoggedEvent): void {
  if (event.seq <= member.seq) return
  member.seq = event.seq
  if (!maySeeEvent(member.actor, event)) return
  if (personalTypes.includes(event.type) || roomsOf(event).some((room) => member.rooms.has(room)))
    send(member, toEventView(event))
}

/** A reader too slow to keep up is let go, and told where to go on; memory is the server's. */
export function send(member: Member, message: object): void {
  const { socket } = member
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > maxBufferedBytes) {
    socket.close(closeCodes.tooSlow, `too slow; come back with ?after=${member.seq - 1}`)
    setTimeout(() => socket.terminate(), 5000).unref()
    return
  }
  socket.send(JSON.stringify(message))
}

/** Waits until a socket that is catching up has taken most of what was sent; false when it is gone or takes too long. */
async function drained({ socket }: Member): Promise<boolean> {
  for (let waited = 0; socket.readyState === socket.OPEN; waited += 20) {
    if (socket.bufferedAmount < maxBufferedBytes / 4) return true
    if (waited > 30_000) {
      socket.terminate()
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}
