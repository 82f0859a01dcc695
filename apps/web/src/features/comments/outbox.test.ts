import type { CreateCommentInput, ReplyView } from '@sparkle/shared/comments'
import { beforeEach, expect, test } from 'vitest'
import { ProblemError } from '../../lib/problem.ts'
import { createOutbox, type OutboxEntry } from './outbox.ts'

const input = (body: string): CreateCommentInput => ({
  body,
  internal: false,
  anchor: null,
  mentions: [],
  attachmentIds: [],
})
const arrived = { id: 'c' } as ReplyView

beforeEach(() => localStorage.clear())

/** An outbox whose network answers as the test says; `sent` is what reached the API, by its key. */
function open() {
  const sent: { key: string; body: string }[] = []
  let answer: () => Promise<ReplyView> = () => Promise.resolve(arrived)
  let keys = 0
  let time = 1_000
  const outbox = createOutbox({
    storageKey: 'outbox',
    send: ({ key, input: { body } }: OutboxEntry) => {
      sent.push({ key, body })
      return answer()
    },
    onArrived: () => undefined,
    textOf: (error) => (error as Error).message,
    newKey: () => `key-${(keys += 1)}`,
    now: () => time,
  })
  const fail = (status: number, code = 'client.network') => {
    answer = () => Promise.reject(new ProblemError({ status, code, detail: code }))
  }
  return {
    outbox,
    sent,
    fail,
    succeed: () => {
      answer = () => Promise.resolve(arrived)
    },
    pass: (ms: number) => {
      time += ms
    },
  }
}

test('what could not be sent waits over a reload and then goes under the same key, in order', async () => {
  const first = open()
  first.fail(0)
  first.outbox.add('v1', input('one'))
  first.outbox.add('v1', input('two'))
  await first.outbox.flush()
  expect(first.sent).toEqual([{ key: 'key-1', body: 'one' }])

  const second = open()
  await second.outbox.flush()
  expect(second.sent).toEqual([
    { key: 'key-1', body: 'one' },
    { key: 'key-2', body: 'two' },
  ])
  expect([second.outbox.list(), localStorage.length]).toEqual([[], 0])
})

test('one flush at a time: nothing is sent twice', async () => {
  const { outbox, sent } = open()
  outbox.add('v1', input('one'))
  await Promise.all([outbox.flush(), outbox.flush(), outbox.flush()])
  expect(sent).toHaveLength(1)
})

test('a refused one says why, holds up no other, and is tried anew only when asked', async () => {
  const { outbox, sent, fail, succeed } = open()
  fail(422, 'comment.too_late')
  outbox.add('v1', input('one'))
  await outbox.flush()
  expect(outbox.list()).toMatchObject([{ refused: 'comment.too_late' }])
  succeed()
  outbox.add('v1', input('two'))
  await outbox.flush()
  expect(sent.map(({ body }) => body)).toEqual(['one', 'two'])

  outbox.retry('key-1')
  await outbox.flush()
  expect(sent.at(-1)).toEqual({ key: 'key-3', body: 'one' })
  expect(outbox.list()).toEqual([])
})

test('what was tried a day ago could have arrived, so it is not sent by itself', async () => {
  const { outbox, sent, fail, succeed, pass } = open()
  fail(503)
  outbox.add('v1', input('one'))
  await outbox.flush()
  succeed()
  pass(24 * 60 * 60 * 1000)
  await outbox.flush()
  expect([sent.length, outbox.list().length]).toEqual([1, 1])
  outbox.retry('key-1')
  await outbox.flush()
  expect(outbox.list()).toEqual([])
})

test('what another tab sent leaves this one as well', async () => {
  const { outbox } = open()
  outbox.add('v1', input('one'))
  localStorage.removeItem('outbox')
  outbox.reread()
  expect(outbox.list()).toEqual([])
})
