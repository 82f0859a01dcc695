import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UserActor } from '../core/actor.ts'
import type { Transient } from '../core/transient.ts'
import type { Member } from './realtime-member.ts'
import { createSpreader, type Spreader } from './realtime-spread.ts'

const room = 'org'
const at = new Date().toISOString()
const event = (type: Transient['type'], userId: string): Transient => ({
  type,
  at,
  room,
  data: { userId, userName: `Name of ${userId}` },
})
const peopleIn = ({ data }: Transient) => [data, ...(data.others ?? [])].map(({ userId }) => userId)

const pages: { userId: string; heard: Transient[]; member: Member }[] = []
let spreader: Spreader
beforeEach(() => {
  spreader = createSpreader(() => pages.map(({ member }) => member))
})
/** A page in the room, with what came to its socket. */
function open(userId: string) {
  const heard: Transient[] = []
  const send = (frame: Buffer) => heard.push(JSON.parse(String(frame)))
  const socket = { OPEN: 1, readyState: 1, bufferedAmount: 0, send }
  const member = { actor: { userId } as UserActor, rooms: new Set([room]), socket } as unknown as Member
  const page = { userId, heard, member }
  pages.push(page)
  return page
}
afterEach(() => {
  spreader.stop()
  pages.length = 0
})

test('of a crowd everybody hears of everybody who comes after them, once, in few messages', async () => {
  const crowd = Array.from({ length: 300 }, (_, i) => `person-${i}`)
  for (const userId of crowd) {
    open(userId)
    spreader.pass(event('user:joined', userId))
  }
  const last = () => peopleIn(pages[0]?.heard.at(-1) ?? event('typing', ''))
  await expect.poll(last, { timeout: 30_000 }).toContain('person-299')
  for (const [i, { userId, heard }] of pages.entries()) {
    const people = heard.flatMap(peopleIn)
    expect(people).not.toContain(userId)
    expect(new Set(people).size).toBe(people.length)
    expect(new Set(people).isSupersetOf(new Set(crowd.slice(i + 1)))).toBe(true)
    expect(heard.length).toBeLessThan(13)
  }
  const named = pages[0]?.heard.at(-1)?.data.others?.at(-1)
  expect(named).toEqual({ userId: 'person-299', userName: 'Name of person-299' })
})

test('a few are told of one by one and at once, and what happens in a crowd keeps its order', async () => {
  const page = open('ann')
  const few = Array.from({ length: 10 }, (_, i) => event('user:joined', `early-${i}`))
  few.forEach((one) => spreader.pass(one))
  expect(page.heard).toEqual(few)

  const late = [
    event('user:joined', 'bob'),
    event('user:joined', 'cleo'),
    event('typing', 'bob'),
    event('typing', 'cleo'),
    event('user:left', 'ann'),
    event('user:left', 'cleo'),
    event('user:joined', 'cleo'),
  ]
  late.forEach((one) => spreader.pass(one))
  expect(page.heard).toHaveLength(few.length)
  const told = () => page.heard.slice(few.length).map((one) => [one.type, ...peopleIn(one)])
  await expect.poll(told, { timeout: 30_000 }).toEqual([
    ['user:joined', 'bob', 'cleo'],
    ['typing', 'bob'],
    ['typing', 'cleo'],
    ['user:left', 'cleo'],
    ['user:joined', 'cleo'],
  ])
})

test('what comes after the end is told to nobody, and waits for nothing', () => {
  const page = open('ann')
  spreader.pass(event('user:joined', 'bob'))
  spreader.stop()
  spreader.pass(event('user:joined', 'cleo'))
  expect(page.heard.flatMap(peopleIn)).toEqual(['bob'])
})
