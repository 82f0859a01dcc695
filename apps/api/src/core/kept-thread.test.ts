import { expect, test } from 'vitest'
import { createKeptThread, ThreadTooSlowError } from './kept-thread.ts'

/** Doubles a number; at 0 it never comes to an end. */
const source = `import { parentPort } from 'node:worker_threads'
parentPort.on('message', (task) => { while (task === 0); parentPort.postMessage(task * 2) })`

test('a task that takes too long fails alone: the next gets a thread of its own', async () => {
  const file = new URL(`data:text/javascript,${encodeURIComponent(source)}`)
  const ask = createKeptThread<number, number>({ file, maxMemoryMb: 32, patienceMs: 2000 })
  const [before, slow, after] = await Promise.allSettled([ask(1), ask(0), ask(2)])
  expect(before).toEqual({ status: 'fulfilled', value: 2 })
  expect(slow).toMatchObject({ status: 'rejected', reason: expect.any(ThreadTooSlowError) })
  expect(after).toEqual({ status: 'fulfilled', value: 4 })
})
