import { locks } from 'node:worker_threads'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { ProblemError } from '../problem.ts'
import { countWaiting, createOutbox, mostWaiting, tooOld } from './outbox.ts'

const item = z.object({ body: z.string(), files: z.array(z.string()) })
type Answer = (body: string) => Promise<string>

let sent: { by: string; body: string; key: string }[]
let answer: Answer
let time: number
const arrive: Answer = (body) => Promise.resolve(body)
const fail =
  (status: number, code = 'client.network'): Answer =>
  () =>
    Promise.reject(new ProblemError({ status, code, detail: `Because of ${code}.` }))
const hour = 3_600_000

beforeEach(() => {
  localStorage.clear()
  sent = []
  answer = arrive
  time = 1_000
})

/** A tab with the outbox of a person. */
function open(person = 'ann', parts: { isTheirs?: () => boolean; tab?: string; alone?: boolean } = {}) {
  const arrived: string[] = []
  const outbox = createOutbox({
    carries: 'comments',
    person,
    item,
    lineOf: ({ body }) => (body.includes(':') ? (body.split(':')[0] ?? '') : ''),
    send: ({ body }, key) => {
      sent.push({ by: parts.tab ?? person, body, key })
      return answer(body)
    },
    onArrived: (body) => arrived.push(body),
    textOf: (error) => (error as Error).message,
    now: () => time,
    locks: parts.alone ? undefined : (locks as unknown as LockManager),
    ...(parts.isTheirs && { isTheirs: parts.isTheirs }),
  })
  const write = (body: string, files: string[] = []) => outbox.add({ body, files })
  const bodies = () => outbox.list().map((waiting) => waiting.item.body)
  return { outbox, arrived, write, bodies }
}
const sentBodies = () => sent.map(({ body }) => body)

test('what could not be sent waits over a reload and then goes under the same key, in order', async () => {
  const before = open()
  answer = fail(0)
  before.write('one')
  before.write('two')
  await before.outbox.flush()
  expect(sentBodies()).toEqual(['one'])

  answer = arrive
  const after = open()
  expect(after.bodies()).toEqual(['one', 'two'])
  await after.outbox.flush()
  expect(sentBodies()).toEqual(['one', 'one', 'two'])
  expect(sent[1]?.key).toBe(sent[0]?.key)
  expect(sent[2]?.key).not.toBe(sent[0]?.key)
  expect([after.arrived, after.bodies(), localStorage.length]).toEqual([['one', 'two'], [], 0])
})

test('one person’s words are nobody else’s, not even where a name begins like another', async () => {
  const ann = open('ann')
  ann.write('mine')
  const annB = open('ann b')
  await annB.outbox.flush()
  expect([annB.bodies(), sent]).toEqual([[], []])
  let signedIn = 'bob'
  const inOldTab = open('ann', { isTheirs: () => signedIn === 'ann' })
  await inOldTab.outbox.flush()
  expect([inOldTab.bodies(), sent]).toEqual([['mine'], []])
  signedIn = 'ann'
  answer = (body) => {
    signedIn = 'bob'
    return fail(404, 'not_found')(body)
  }
  await inOldTab.outbox.flush()
  expect([sentBodies(), inOldTab.outbox.list()[0]?.refused], 'refused to bob, not to ann').toEqual([['mine'], null])
  signedIn = 'ann'
  answer = arrive
  await inOldTab.outbox.flush()
  expect([sentBodies(), inOldTab.bodies()]).toEqual([['mine', 'mine'], []])
})

test('of several tabs one sends at a time, each thing once and in order', async () => {
  const [one, two] = [open('ann', { tab: '1' }), open('ann', { tab: '2' })]
  let underWay = 0
  let most = 0
  answer = async (body) => {
    underWay += 1
    most = Math.max(most, underWay)
    await new Promise((resolve) => setTimeout(resolve, 5))
    underWay -= 1
    return body
  }
  for (const body of ['a', 'b', 'c']) one.write(body)
  const flushed = [one.outbox.flush(), two.outbox.flush(), one.outbox.flush()]
  two.write('d')
  flushed.push(two.outbox.flush())
  await Promise.all(flushed)
  expect([sentBodies(), most]).toEqual([['a', 'b', 'c', 'd'], 1])
})

test('tabs that write at once keep each other’s words', () => {
  const [one, two] = [open(), open()]
  one.write('a')
  two.write('b')
  one.write('c')
  expect(open().bodies()).toEqual(['a', 'b', 'c'])
})

test.each([false, true])(
  'what is written while the last is on its way goes out after it; no locks: %s',
  async (alone) => {
    const { outbox, write, bodies } = open('ann', { alone })
    answer = (body) => {
      if (body === 'first') {
        write('second')
        void outbox.flush()
      }
      return Promise.resolve(body)
    }
    write('first')
    await outbox.flush()
    expect([sentBodies(), bodies()]).toEqual([['first', 'second'], []])
  },
)

test('a refused one says why, holds up no other, and goes again changed and under another key', async () => {
  const { outbox, write, bodies } = open()
  answer = (body) => (body === 'fine' ? arrive(body) : fail(422, 'attachment.not_yours')(body))
  write('too long', ['f1'])
  write('fine')
  await outbox.flush()
  const [refused] = outbox.list()
  expect(refused?.refused).toEqual({ code: 'attachment.not_yours', why: 'Because of attachment.not_yours.' })
  await outbox.flush()
  expect(sentBodies()).toEqual(['too long', 'fine'])

  outbox.retry(refused?.key ?? '', { body: 'fine' })
  expect(outbox.list()).toMatchObject([{ item: { body: 'fine', files: ['f1'] }, refused: null, triedAt: null }])
  await outbox.flush()
  expect(sentBodies()).toEqual(['too long', 'fine', 'fine'])
  expect(sent[2]?.key).not.toBe(sent[0]?.key)
  expect(bodies()).toEqual([])
})

test('one that waits is not let go of under another key, and one thrown away is gone', async () => {
  const { outbox, write } = open()
  answer = fail(503)
  write('one')
  write('two')
  await outbox.flush()
  const key = outbox.list()[0]?.key ?? ''
  outbox.retry(key, { body: 'other' })
  expect(outbox.list()[0]).toMatchObject({ key, item: { body: 'one' } })
  outbox.remove(key)
  answer = arrive
  await open().outbox.flush()
  expect([sentBodies(), open().bodies()]).toEqual([['one', 'two'], []])
})

test.each([
  [0, 'client.timeout', true],
  [401, 'auth.unauthenticated', true],
  [409, 'idempotency.in_progress', true],
  [429, 'rate_limited', true],
  [502, 'client.unavailable', true],
  [409, 'comment.thread_full', false],
  [404, 'not_found', false],
])('after %i %s it waits by itself: %s', async (status, code, waits) => {
  const { outbox, write } = open()
  answer = fail(status, code)
  write('one')
  await outbox.flush()
  expect(outbox.list().map(({ refused }) => refused === null)).toEqual([waits])
})

test.each([
  [500, ['a:1', 'a:1', 'a:1', 'b:1', 'a:1']],
  [503, ['a:1', 'a:1', 'a:1', 'a:1']],
  [0, ['a:1', 'a:1', 'a:1', 'a:1']],
])('one that fails three times with %i lets other lines go on, and its own waits', async (status, expected) => {
  const { outbox, write, bodies } = open()
  answer = (body) => (body === 'a:1' ? fail(status)(body) : arrive(body))
  for (const body of ['a:1', 'a:2', 'b:1']) write(body)
  for (let tries = 0; tries < 4; tries += 1) await outbox.flush()
  expect(sentBodies()).toEqual(expected)
  expect(outbox.list().every(({ refused }) => refused === null)).toBe(true)
  answer = arrive
  await outbox.flush()
  expect([sentBodies().slice(expected.length, expected.length + 2), bodies()]).toEqual([['a:1', 'a:2'], []])
})

test('what may have arrived a day ago is not sent again by itself', async () => {
  const { outbox, write, bodies } = open()
  answer = fail(0)
  write('one')
  await outbox.flush()
  time += 22 * hour
  await outbox.flush()
  expect(sent).toHaveLength(2)
  answer = arrive
  time += 2 * hour
  await outbox.flush()
  const [{ key, refused } = { key: '', refused: null }] = outbox.list()
  expect([sent.length, refused?.code]).toEqual([2, tooOld])
  outbox.retry(key)
  await outbox.flush()
  expect(sent[2]?.key).not.toBe(key)
  expect(bodies()).toEqual([])
})

test('it holds so much and no more', () => {
  const { write, bodies } = open()
  for (let count = 0; count < mostWaiting; count += 1) expect(write('one')).toBe(true)
  expect([write('one too many'), bodies().length]).toEqual([false, mostWaiting])
})

test('half a text or somebody else’s in its place loses nothing that is whole', () => {
  const { write } = open()
  write('kept')
  const [place = ''] = Object.keys(localStorage)
  localStorage.setItem(`${place}-2`, '{"key":')
  localStorage.setItem(`${place}-3`, '{"not":"one"}')
  expect(open().bodies()).toEqual(['kept'])
})

test('a page that is left sends nothing more, and one that comes back goes on', async () => {
  const { outbox, arrived, write, bodies } = open()
  let letArrive = () => undefined
  answer = (body) =>
    new Promise((resolve) => {
      letArrive = () => {
        resolve(body)
        return undefined
      }
    })
  write('under way')
  write('after it')
  const stop = outbox.start()
  const flushed = outbox.flush()
  await expect.poll(sentBodies).toEqual(['under way'])
  stop()
  letArrive()
  await flushed
  expect([sentBodies(), bodies(), arrived]).toEqual([['under way'], ['after it'], []])
  answer = arrive
  await outbox.flush()
  expect(sentBodies()).toEqual(['under way'])
  const stopAgain = outbox.start()
  await expect.poll(() => arrived).toEqual(['after it'])
  stopAgain()
})

test('what waits of one person is counted, without what does not go out by itself', async () => {
  expect(countWaiting('ann')).toBe(0)
  answer = fail(422, 'comment.refused')
  const ann = open('ann')
  ann.write('refused')
  await ann.outbox.flush()
  answer = fail(0)
  ann.write('later')
  open('bob').write('later, too')
  open('bob').write('later still')
  open('ann b').write('somebody else’s')
  localStorage.setItem('outbox of another kind', 'x')
  expect(['ann', 'bob', 'guest p1 Ann'].map(countWaiting)).toEqual([1, 2, 0])
})
