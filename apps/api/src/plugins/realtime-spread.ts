import { can } from '../core/actor.ts'
import { parseRoom } from '../core/event-rights.ts'
import type { Transient } from '../core/transient.ts'
import { frameOf, sendFrame, type Member } from './realtime-member.ts'

/** What a studio is told one by one in a window; whatever else comes in it waits for its end. */
const singly = 10
const windowMs = 500
/** People whom one message tells of. */
const mostPeople = 100

export interface Spreader {
  /** Passes on what came over the studio's channel. */
  pass(event: Transient): void
  /** Forgets what waits, and what comes after it: for when nobody is left to hear it. */
  stop(): void
}

/**
 * Tells a studio's pages who comes, goes and types, in the order of what happens in a room. A thousand people who come back
 * at once would make half a million messages: those of a crowd that come or go one after another share one, whose
 * `data.others` names all but the first.
 */
export function createSpreader(members: () => Iterable<Member>): Spreader {
  let told = 0
  let waiting: Transient[] = []
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  function openWindow(): NodeJS.Timeout {
    told = 0
    return setTimeout(() => {
      const due = waiting
      waiting = []
      timer = due.length > 0 ? openWindow() : undefined
      for (const event of gather(due)) spread(members(), event)
    }, windowMs).unref()
  }

  return {
    pass(event) {
      if (stopped) return
      timer ??= openWindow()
      told += 1
      if (told > singly) waiting.push(event)
      else spread(members(), event)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      waiting = []
    },
  }
}

/** The same with those put together who come, or go, one after another in a room. */
function gather(events: readonly Transient[]): Transient[] {
  const gathered: Transient[] = []
  const lastOf = new Map<string, Transient>()
  for (const { data, ...event } of events) {
    const last = lastOf.get(event.room)
    const isPresence = event.type === 'user:joined' || event.type === 'user:left'
    if (isPresence && last?.type === event.type && peopleOf(last).length < mostPeople) {
      last.data.others = [...(last.data.others ?? []), data]
      continue
    }
    const first = { ...event, data: { ...data } }
    lastOf.set(event.room, first)
    gathered.push(first)
  }
  return gathered
}

function peopleOf({ data }: Transient) {
  const { others = [], ...first } = data
  return [first, ...others]
}

/** A person's own coming, going and typing is no news to them. */
function spread(members: Iterable<Member>, event: Transient): void {
  const frame = frameOf(event)
  const target = parseRoom(event.room)
  const reads = event.type === 'message:read'
  const people = new Set(peopleOf(event).map(({ userId }) => userId))
  for (const member of members) {
    if (!member.rooms.has(event.room)) continue
    if (reads && target.kind === 'project' && !can(member.actor, 'messages:read', { projectId: target.id })) continue
    if (reads || !people.has(member.actor.userId)) sendFrame(member, frame)
    else if (people.size > 1) sendFrame(member, frameOf(without(event, member.actor.userId)))
  }
}

function without(event: Transient, userId: string): Transient {
  const [first, ...others] = peopleOf(event).filter((one) => one.userId !== userId)
  return { ...event, data: { ...(first ?? event.data), ...(others.length > 0 && { others }) } }
}
