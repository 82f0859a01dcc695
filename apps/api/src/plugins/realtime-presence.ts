import type { Shared } from '../adapters/shared-state.ts'
import { newId } from '../core/ids.ts'
import { rosterOf, tellRoom } from '../core/transient.ts'
import type { Member } from './realtime-member.ts'

/** How often a process says who is still here. One that was killed goes silent, and its word runs out. */
export const presenceBeatSeconds = 15
/** Nobody hears more often than this that the same person types in a room. */
const typingPauseMs = 2000

interface Needs {
  shared: Shared
  /** The connected pages of a studio in this process. */
  members(organizationId: string): Iterable<Member>
  /** Names of people of a studio by id. */
  namesOf(organizationId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** How long this process's word about who is here is good. */
  wordSeconds?: number
  /** Told when the shared state does not answer: presence is all that is missing then. */
  warn(error: unknown): void
}

export interface Presence {
  enter(member: Member, room: string): Promise<void>
  leave(member: Member, room: string): Promise<void>
  typing(member: Member, room: string): Promise<void>
  /** Says of these studios who is here, and tells of those whose process died. */
  beat(organizationIds: Iterable<string>): Promise<void>
}

/** Who is in which room, over all processes: a person counts once, however many pages they have open, and wherever. */
export function createPresence({
  shared,
  members,
  namesOf,
  wordSeconds = 3 * presenceBeatSeconds,
  warn,
}: Needs): Presence {
  const holder = newId()

  /** Whether the person is in the room by another page of this process: then they have neither come nor gone. */
  function isThereToo(member: Member, room: string): boolean {
    for (const other of members(member.actor.organizationId))
      if (other !== member && other.actor.userId === member.actor.userId && other.rooms.has(room)) return true
    return false
  }

  async function enter(member: Member, room: string): Promise<void> {
    if (member.rooms.has(room)) return
    member.rooms.add(room)
    if (isUnseen(member) || isThereToo(member, room)) return
    const { organizationId, userId } = member.actor
    try {
      const roster = rosterOf(organizationId, room)
      if (await shared.enter(roster, userId, holder, wordSeconds))
        await tellRoom(shared, member.actor, { type: 'user:joined', room })
    } catch (error) {
      warn(error)
    }
  }

  async function leave(member: Member, room: string): Promise<void> {
    if (!member.rooms.delete(room) || isUnseen(member) || isThereToo(member, room)) return
    const { organizationId, userId } = member.actor
    try {
      if (await shared.leave(rosterOf(organizationId, room), userId, holder))
        await tellRoom(shared, member.actor, { type: 'user:left', room })
    } catch (error) {
      warn(error)
    }
  }

  async function beatRoom(organizationId: string, room: string, people: readonly string[]): Promise<void> {
    const roster = rosterOf(organizationId, room)
    await shared.keep(roster, people, holder, wordSeconds)
    const lapsed = await shared.lapsed(roster)
    if (lapsed.length === 0) return
    const names = await namesOf(organizationId, lapsed)
    for (const userId of lapsed)
      await tellRoom(
        shared,
        { organizationId, userId, displayName: names.get(userId) ?? '' },
        { type: 'user:left', room },
      )
  }

  return {
    enter,
    leave,
    async typing(member, room) {
      const now = Date.now()
      if (isUnseen(member) || !member.rooms.has(room) || now - (member.typedAt.get(room) ?? 0) < typingPauseMs) return
      member.typedAt.set(room, now)
      await tellRoom(shared, member.actor, { type: 'typing', room }).catch(warn)
    },
    async beat(organizationIds) {
      for (const organizationId of organizationIds)
        for (const [room, people] of peopleByRoom(members(organizationId)))
          await beatRoom(organizationId, room, [...people]).catch(warn)
    },
  }
}

/** Somebody of the platform who acts as an admin is on record, and is no colleague whom one meets. */
const isUnseen = ({ actor }: Member) => actor.actingAs !== undefined

function peopleByRoom(members: Iterable<Member>): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>()
  for (const member of members)
    if (!isUnseen(member))
      for (const room of member.rooms) rooms.set(room, (rooms.get(room) ?? new Set()).add(member.actor.userId))
  return rooms
}
