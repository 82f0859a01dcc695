import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import type { Shared } from '../adapters/shared-state.ts'
import { isClient } from '../core/actor.ts'
import { readEvents, readNewestSeq, toEventView, type LoggedEvent } from '../core/event-log.ts'
import { maySeeEvent, mayEnter, personalTypes, roomsOf } from '../core/event-rights.ts'
import { inTenantRead, type Database } from '../core/in-tenant.ts'
import { seldom } from '../core/seldom.ts'
import { fields, statement } from '../core/statement.ts'
import { transientChannel, type Transient } from '../core/transient.ts'
import { memberships, users } from '../db/tables/organizations.ts'
import { drained, frameOf, send, sendFrame, type Member } from './realtime-member.ts'
import { createPresence, presenceBeatSeconds } from './realtime-presence.ts'
import { createSpreader } from './realtime-spread.ts'

const batchSize = 500
/** Events that go out in one write: few enough that they never make a reader look slow by themselves. */
const atOnce = 32
/** Events that could not be read are asked for again: soon at first, then after twice as long each time. */
const retries = { firstMs: 1000, longestMs: 30_000 }

interface Studio {
  members: Set<Member>
  /** The newest event that was fanned out here. */
  seq: number
  pumping: Promise<void> | undefined
  again: boolean
  /** Runs after a failure, until events are asked for again. */
  retry: NodeJS.Timeout | undefined
  /** How long the last one ran; 0 since events could be read. */
  retryMs: number
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

const names = statement<{ ids: readonly string[] }>('realtime.names')((q) =>
  q
    .select(fields({ id: users.id, name: users.displayName }))
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(sql`${memberships.userId} = any(${sql.placeholder('ids')}::uuid[])`),
)

/**
 * Each process reads a studio's new events once, writes each down once and fans it out to its sockets; presence goes
 * through `shared`, and is all that is missing while that does not answer.
 */
export function createHub(deps: { db: Database; shared: Shared }, log: HubLog): Hub {
  const warn = seldom(60, (error: unknown) =>
    log.warn({ err: error }, 'the shared state does not answer: presence is not passed on'),
  )
  const goodbyes = new Set<Promise<void>>()
  const studios = new Map<string, Studio>()
  let closed = false
  const asSystem = (organizationId: string) => ({ kind: 'system', organizationId, job: 'realtime' }) as const
  const read = (organizationId: string, after: number) =>
    inTenantRead(deps.db, asSystem(organizationId), (tx) => readEvents(tx, after, batchSize))
  const presence = createPresence({
    shared: deps.shared,
    members: (organizationId) => studios.get(organizationId)?.members ?? [],
    async namesOf(organizationId, ids) {
      const rows = await inTenantRead(deps.db, asSystem(organizationId), (tx) => tx.run(names, { ids }))
      return new Map(rows.map(({ id, name }) => [id, name]))
    },
    warn,
  })
  /** Where the shared state did not answer when a studio's first page came, its presence begins with a later beat. */
  async function beat(): Promise<void> {
    for (const [organizationId, studio] of studios)
      if ((await studio.presence) === undefined) studio.presence = hearPresence(organizationId, studio)
    await presence.beat([...studios.keys()])
  }
  let beating: Promise<void> | undefined
  const heartbeat = setInterval(() => {
    beating ??= beat().finally(() => (beating = undefined))
  }, presenceBeatSeconds * 1000)

  function open(organizationId: string): Studio {
    const known = studios.get(organizationId)
    if (known) return known
    const studio: Studio = {
      members: new Set(),
      seq: 0,
      pumping: undefined,
      again: false,
      retry: undefined,
      retryMs: 0,
      ready: Promise.resolve(),
      presence: Promise.resolve(undefined),
    }
    studios.set(organizationId, studio)
    studio.presence = hearPresence(organizationId, studio)
    studio.ready = (async () => {
      studio.seq = await inTenantRead(deps.db, asSystem(organizationId), readNewestSeq)
    })()
    studio.ready.catch(() => close(organizationId, studio))
    return studio
  }

  async function close(organizationId: string, studio: Studio): Promise<void> {
    if (studios.get(organizationId) === studio) studios.delete(organizationId)
    clearTimeout(studio.retry)
    await (await studio.presence)?.().catch(warn)
  }

  async function hearPresence(organizationId: string, studio: Studio): Promise<(() => Promise<void>) | undefined> {
    const spreader = createSpreader(() => studio.members)
    try {
      const stop = await deps.shared.subscribe(transientChannel(organizationId), (message) =>
        spreader.pass(JSON.parse(message) as Transient),
      )
      return () => {
        spreader.stop()
        return stop()
      }
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
      fanOut([member], events)
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
      .then(
        () => endRetry(studio),
        (error: unknown) => retryLater(organizationId, studio, error),
      )
      .finally(() => (studio.pumping = undefined))
  }

  function endRetry(studio: Studio): void {
    clearTimeout(studio.retry)
    studio.retry = undefined
    studio.retryMs = 0
  }

  /**
   * Nothing else may happen in the studio for long, and its pages would miss the last events until then. It says so once
   * for each time that is longer than the one before; a try in between, because something has happened, changes nothing.
   */
  function retryLater(organizationId: string, studio: Studio, error: unknown): void {
    if (closed || studios.get(organizationId) !== studio || studio.retry) return
    const retryMs = Math.min(studio.retryMs * 2 || retries.firstMs, retries.longestMs)
    if (retryMs > studio.retryMs) log.error({ err: error, retryMs }, 'events could not be fanned out')
    studio.retryMs = retryMs
    studio.retry = setTimeout(() => {
      studio.retry = undefined
      wake(organizationId)
    }, retryMs).unref()
  }

  async function pump(organizationId: string, studio: Studio): Promise<void> {
    await studio.ready
    while (studio.again) {
      studio.again = false
      const events = await read(organizationId, studio.seq)
      if (events.length === batchSize) studio.again = true
      studio.seq = events.at(-1)?.seq ?? studio.seq
      const live = [...studio.members].filter((member) => member.live)
      fanOut(live, events)
      for (const event of events) for (const member of live) evict(member, event)
    }
  }

  /** A project that has gone to another account takes its room with it. */
  function evict(member: Member, { projectId, accountId }: LoggedEvent): void {
    if (!projectId || !isClient(member.actor)) return
    const room = `project:${projectId}`
    if (!member.rooms.has(room) || mayEnter(member.actor, { kind: 'project', id: projectId }, accountId)) return
    void presence.leave(member, room)
    send(member, { type: 'refused', room, code: 'room.not_found' })
  }

  async function sayGoodbye(member: Member): Promise<void> {
    const { organizationId } = member.actor
    const studio = studios.get(organizationId)
    if (!studio?.members.has(member)) return
    member.live = false
    for (const room of member.rooms) await presence.leave(member, room)
    studio.members.delete(member)
    if (studio.members.size > 0) return
    await close(organizationId, studio)
  }

  return {
    connect,
    wake,
    enter: presence.enter,
    leave: presence.leave,
    typing: presence.typing,
    disconnect(member) {
      const goodbye = sayGoodbye(member).finally(() => goodbyes.delete(goodbye))
      goodbyes.add(goodbye)
      return goodbye
    },
    wakeAll() {
      for (const organizationId of studios.keys()) wake(organizationId)
    },
    members: () => [...studios.values()].flatMap((studio) => [...studio.members]),
    async close() {
      closed = true
      clearInterval(heartbeat)
      for (const { retry } of studios.values()) clearTimeout(retry)
      await Promise.race([Promise.all([...goodbyes, beating]), sleep(1000, undefined, { ref: false })])
    },
  }
}

/** Sends each event once to whoever may see it and is in one of its rooms. */
function fanOut(members: readonly Member[], events: readonly LoggedEvent[]): void {
  if (events.length === 1) return events.forEach((event) => fanOutOne(members, event))
  for (let from = 0; from < events.length; from += atOnce) {
    for (const { wire } of members) wire.cork()
    for (const event of events.slice(from, from + atOnce)) fanOutOne(members, event)
    for (const { wire } of members) wire.uncork()
  }
}

function fanOutOne(members: readonly Member[], event: LoggedEvent): void {
  const rooms = roomsOf(event)
  const personal = personalTypes.includes(event.type)
  const seen = new Map<string, boolean>()
  let frame: Buffer | undefined
  for (const member of members) {
    if (event.seq <= member.seq) continue
    const before = member.seq
    member.seq = event.seq
    if (!personal && !rooms.some((room) => member.rooms.has(room))) continue
    // Of a thousand pages most have the same rights: they are asked about once.
    let may = personal ? maySeeEvent(member.actor, event) : seen.get(member.sight)
    if (may === undefined) seen.set(member.sight, (may = maySeeEvent(member.actor, event)))
    if (may) sendFrame(member, (frame ??= frameOf(toEventView(event))), before)
  }
}
