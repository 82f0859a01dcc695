import { describe, expect, test, vi } from 'vitest'
import { createUploadQueue, type SendFile } from './upload-queue.ts'

const file = (name: string) => new File(['x'], name, { type: 'text/plain' })

/** A sender whose files end when the test says so. */
function byHand() {
  const calls: { name: string; done: (result: string) => void; fail: (error: Error) => void; signal: AbortSignal }[] =
    []
  const progress: Record<string, (share: number) => void> = {}
  const send: SendFile<string> = ({ name }, { onProgress, signal }) =>
    new Promise((done, fail) => {
      progress[name] = onProgress
      calls.push({ name, done, fail, signal })
    })
  return { calls, progress, send }
}
const settle = () => new Promise((resolve) => setTimeout(resolve))

describe('upload queue', () => {
  test('sends a few at a time, in order, and the next when one is done', async () => {
    const { calls, send } = byHand()
    const queue = createUploadQueue(send, { atOnce: 2 })
    queue.add([file('a'), file('b'), file('c')])
    expect(calls.map(({ name }) => name)).toEqual(['a', 'b'])
    calls[0]?.done('A')
    await settle()
    expect(calls.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(queue.list()[0]).toMatchObject({ state: 'done', result: 'A' })
  })

  test('progress is that of the bytes; when all have left, the server is at work', () => {
    const { progress, send } = byHand()
    const queue = createUploadQueue(send)
    queue.add([file('a')])
    progress.a?.(0.5)
    expect(queue.list()[0]).toMatchObject({ state: 'uploading', share: 0.5 })
    progress.a?.(1)
    expect(queue.list()[0]).toMatchObject({ state: 'processing' })
  })

  test('a failed file keeps its reason, holds up nobody and can be sent again', async () => {
    const { calls, send } = byHand()
    const queue = createUploadQueue(send, { atOnce: 1 })
    queue.add([file('a'), file('b')])
    calls[0]?.fail(new Error('no network'))
    await settle()
    expect(queue.list()[0]).toMatchObject({ state: 'failed', error: new Error('no network') })
    expect(calls.map(({ name }) => name)).toEqual(['a', 'b'])
    queue.retry(queue.list()[0]?.id ?? '')
    calls[1]?.done('B')
    await settle()
    calls[2]?.done('A')
    await settle()
    expect(queue.list().map(({ state }) => state)).toEqual(['done', 'done'])
  })

  test('a paused file lets the next one go, keeps its progress, and goes on when it is told to', async () => {
    const { calls, progress, send } = byHand()
    const queue = createUploadQueue(send, { atOnce: 1 })
    queue.add([file('a'), file('b')])
    progress.a?.(0.5)
    const [first] = queue.list()
    queue.pause(first?.id ?? '')
    expect(calls[0]?.signal.aborted).toBe(true)
    calls[0]?.fail(new Error('aborted'))
    await settle()
    expect(queue.list().map(({ state, share }) => [state, share])).toEqual([
      ['paused', 0.5],
      ['uploading', 0],
    ])
    calls[1]?.done('B')
    await settle()
    expect(calls).toHaveLength(2)
    queue.retry(first?.id ?? '')
    expect(queue.list()[0]).toMatchObject({ state: 'uploading', share: 0.5 })
    expect(calls.map(({ name }) => name)).toEqual(['a', 'b', 'a'])
  })

  test('where it is told so, what has arrived leaves by itself, and what failed stays', async () => {
    const { calls, send } = byHand()
    const queue = createUploadQueue(send, { keepDone: false })
    queue.add([file('a'), file('b')])
    calls[0]?.done('A')
    calls[1]?.fail(new Error('no network'))
    await settle()
    expect(queue.list().map((item) => item.file.name)).toEqual(['b'])
  })

  test('removing aborts what is under way, and its late answer changes nothing', async () => {
    const { calls, send } = byHand()
    const queue = createUploadQueue(send, { atOnce: 1 })
    const listener = vi.fn<() => void>()
    queue.add([file('a')])
    queue.remove(queue.list()[0]?.id ?? '')
    expect(calls[0]?.signal.aborted).toBe(true)
    queue.subscribe(listener)
    calls[0]?.done('late')
    await settle()
    expect(queue.list()).toEqual([])
    expect(listener).not.toHaveBeenCalled()
  })
})
