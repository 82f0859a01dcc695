import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryShared } from '../adapters/memory-shared.ts'
import type { UserActor } from '../core/actor.ts'
import { newId } from '../core/ids.ts'
import { rosterOf, transientChannel, type Transient } from '../core/transient.ts'
import type { Member } from './realtime-member.ts'
import { createPresence } from './realtime-presence.ts'

const organizationId = newId()
const room = `project:${newId()}`

// Words run out by the clock, which a busy machine may not turn further than a test means.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

/** Processes that share one state; a page is what presence needs of it. */
async function house() {
  const shared = createMemoryShared()
  const heard: string[] = []
  await shared.subscribe(transientChannel(organizationId), (message) => {
    const { type, data } = JSON.parse(message) as Transient
    heard.push(`${type} ${data.userName}`)
  })
  function process(wordSeconds?: number) {
    const members: Member[] = []
    const presence = createPresence({
      shared,
      members: () => members,
      namesOf: async (_, ids) => new Map(ids.map((id) => [id, id])),
      ...(wordSeconds && { wordSeconds }),
      warn: (error) => {
        throw error
      },
    })
    const open = async (userId: string, more: Partial<UserActor> = {}) => {
      const actor = { organizationId, userId, displayName: userId, ...more } as UserActor
      const member = { actor, rooms: new Set(), typedAt: new Map() } as unknown as Member
      members.push(member)
      await presence.enter(member, room)
      return member
    }
    const close = async (member: Member) => {
      await presence.leave(member, room)
      members.splice(members.indexOf(member), 1)
    }
    return {
      open,
      close,
      beat: () => presence.beat([organizationId]),
      typing: (one: Member) => presence.typing(one, room),
    }
  }
  const present = () => shared.present(rosterOf(organizationId, room))
  return { process, heard, present }
}

test('who acts as an admin of the studio is nobody whom one meets there', async () => {
  const { process, heard, present } = await house()
  const one = process()
  const actingAs = { reason: 'A ticket', until: new Date(Date.now() + 60_000).toISOString() } as UserActor['actingAs']
  const support = await one.open('sam', { ...(actingAs && { actingAs }) })
  await one.open('ann')
  await one.beat()
  await one.typing(support)
  await one.close(support)
  expect(await present()).toEqual(['ann'])
  expect(heard).toEqual(['user:joined ann'])
})

test('a person counts once over pages and processes, and leaves with the last of them', async () => {
  const { process, heard, present } = await house()
  const [one, two] = [process(), process()]
  const pages = [await one.open('ann'), await one.open('ann')]
  const elsewhere = await two.open('ann')
  await two.open('bob')
  expect((await present()).toSorted()).toEqual(['ann', 'bob'])
  for (const page of pages) await one.close(page)
  expect(await present()).toContain('ann')
  await two.close(elsewhere)
  expect(heard).toEqual(['user:joined ann', 'user:joined bob', 'user:left ann'])
})

test('people of a process that was killed leave, told of once; those it shares with others stay', async () => {
  const { process, heard, present } = await house()
  const [killed, two, three] = [process(0.2), process(), process()]
  for (const name of ['ann', 'bob']) await killed.open(name)
  for (const other of [two, three]) await other.open('bob')
  later(300)
  expect(await present()).toEqual(['bob'])
  await Promise.all([two.beat(), three.beat()])
  expect(heard.slice(2)).toEqual(['user:left ann'])
  expect(await present()).toEqual(['bob'])
})

test('a process that beats keeps its people, and typing is passed on seldom', async () => {
  const { process, heard, present } = await house()
  const one = process(0.3)
  const page = await one.open('ann')
  for (let i = 0; i < 3; i += 1) {
    later(150)
    await one.beat()
  }
  expect(await present()).toEqual(['ann'])
  for (let i = 0; i < 5; i += 1) await one.typing(page)
  await one.close(page)
  await one.typing(page)
  await new Promise((resolve) => setImmediate(resolve))
  expect(heard).toEqual(['user:joined ann', 'typing ann', 'user:left ann'])
})
