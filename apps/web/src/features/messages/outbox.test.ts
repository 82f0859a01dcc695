import { beforeEach, expect, test } from 'vitest'
import { ProblemError } from '../../lib/problem.ts'
import { dequeue, enqueue, flushOutbox, type Queued, readOutbox, retryQueued, tooOld } from './outbox.ts'

const write = (body: string, userId = 'ann') => enqueue({ userId, projectId: 'p', body, attachments: [] })
const bodies = () => readOutbox().map(({ body }) => body)
let sent: Queued[]
let answer: (message: Queued) => Error | null
const send = async (message: Queued) => {
  sent.push(message)
  const error = answer(message)
  if (error) throw error
}

beforeEach(() => {
  for (const { key } of readOutbox()) dequeue(key)
  sent = []
  answer = () => null
})

test('goes out in order, one person’s own only', async () => {
  write('one')
  write('of somebody else', 'bob')
  write('two')
  expect(await flushOutbox('ann', send)).toBe('empty')
  expect(sent.map(({ body }) => body)).toEqual(['one', 'two'])
  expect(bodies()).toEqual(['of somebody else'])
})

test('what did not arrive waits, and is sent again under the same key', async () => {
  write('one')
  write('two')
  answer = () => new ProblemError({ status: 0, code: 'client.network' })
  expect(await flushOutbox('ann', send)).toBe('waiting')
  expect(sent).toHaveLength(1)
  answer = () => null
  expect(await flushOutbox('ann', send)).toBe('empty')
  expect(sent.map(({ body }) => body)).toEqual(['one', 'one', 'two'])
  expect(sent[0]?.key).toBe(sent[1]?.key)
  expect(sent[2]?.key).not.toBe(sent[1]?.key)
})

test('what was refused stays for its author, and holds nothing else up', async () => {
  write('too late')
  write('fine')
  answer = ({ body }) => (body === 'fine' ? null : new ProblemError({ status: 422, code: 'attachment.not_yours' }))
  expect(await flushOutbox('ann', send)).toBe('empty')
  expect(readOutbox()).toMatchObject([{ body: 'too late', refused: 'attachment.not_yours' }])
  expect(await flushOutbox('ann', send)).toBe('empty')
  expect(sent).toHaveLength(2)
  answer = () => null
  retryQueued(readOutbox()[0]?.key ?? '')
  await flushOutbox('ann', send)
  expect(bodies()).toEqual([])
})

test('what may have arrived a day ago is not sent again by itself', async () => {
  write('one')
  const [{ key } = { key: '' }] = readOutbox()
  const start = Date.now()
  const hours = (count: number) => () => start + count * 3_600_000
  answer = () => new ProblemError({ status: 0, code: 'client.network' })
  await flushOutbox('ann', send, hours(0))
  await flushOutbox('ann', send, hours(22))
  expect(sent).toHaveLength(2)
  answer = () => null
  expect(await flushOutbox('ann', send, hours(24))).toBe('empty')
  expect(sent).toHaveLength(2)
  expect(readOutbox()).toMatchObject([{ key, refused: tooOld }])
  retryQueued(key)
  await flushOutbox('ann', send, hours(24))
  expect(sent[2]?.key).not.toBe(key)
  expect(bodies()).toEqual([])
})

test('words go without the files that are gone', async () => {
  enqueue({ userId: 'ann', projectId: 'p', body: 'see this', attachments: [{ id: 'f1', filename: 'ear.png' }] })
  answer = ({ attachments }) =>
    attachments.length > 0 ? new ProblemError({ status: 422, code: 'attachment.not_yours' }) : null
  await flushOutbox('ann', send)
  retryQueued(readOutbox()[0]?.key ?? '', { attachments: [] })
  await flushOutbox('ann', send)
  expect(sent.map(({ attachments }) => attachments.length)).toEqual([1, 0])
  expect(bodies()).toEqual([])
})

test('survives a closed tab, and whatever else was left in its place', () => {
  write('kept')
  const stored = localStorage.getItem('sc.outbox')
  localStorage.setItem('sc.outbox', '{"not":"a queue"}')
  expect(readOutbox()).toEqual([])
  localStorage.setItem('sc.outbox', 'nonsense')
  expect(readOutbox()).toEqual([])
  localStorage.setItem('sc.outbox', stored ?? '')
  expect(bodies()).toEqual(['kept'])
})
