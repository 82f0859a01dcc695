import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { createArchiveSlots, type SlotLimits } from './archive-slots.ts'

afterEach(() => void vi.useRealTimers())

async function* megabytes(count: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < count; i += 1) yield await Promise.resolve(Buffer.alloc(1_000_000))
}

/** Takes a place and sends an archive in it. */
function sender(limits: SlotLimits) {
  const slotOf = createArchiveSlots(limits)
  return (linkId: string, archive: AsyncIterable<Buffer>) => {
    const slot = slotOf(linkId)
    slot.take()
    return slot.fill(archive)
  }
}

test('a link has two archives at a time, a process as many as it has room for, and each place is given back', async () => {
  const take = sender({ atOnce: 3, perLink: 2, stallMs: 60_000 })
  const [first, second] = [take('a', megabytes(3)), take('a', megabytes(3))]
  expect(() => take('a', megabytes(1))).toThrow('This link')
  const other = take('b', megabytes(3))
  expect(() => take('c', megabytes(1))).toThrow('Many archives')
  for (const stream of [first, second, other]) {
    stream.resume()
    await once(stream, 'close')
  }
  for (const stream of [take('a', megabytes(1)), take('a', megabytes(1))]) stream.destroy()
})

test('a place that is not filled after all is given back, once', () => {
  const slotOf = createArchiveSlots({ atOnce: 9, perLink: 1, stallMs: 60_000 })
  const [first, second] = [slotOf('a'), slotOf('a')]
  first.take()
  second.release()
  expect(() => second.take()).toThrow('This link')
  first.release()
  second.take()
  first.release()
  expect(() => first.take()).toThrow('This link')
})

test('a reader who takes nothing any more loses the place; a slow one keeps it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const take = sender({ atOnce: 1, perLink: 1, stallMs: 800 })
  const stalled = take('a', megabytes(3))
  const failed = once(stalled, 'error')
  await vi.advanceTimersByTimeAsync(800)
  const [error] = (await failed) as [Error]
  expect(error.message).toContain('Nobody has taken')
  const slow = take('a', megabytes(4))
  let bytes = 0
  for await (const chunk of slow) {
    bytes += (chunk as Buffer).length
    await vi.advanceTimersByTimeAsync(250)
  }
  expect(bytes).toBe(4_000_000)
})
