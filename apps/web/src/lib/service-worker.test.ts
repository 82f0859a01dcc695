import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, test, vi } from 'vitest'

const source = readFileSync(join(import.meta.dirname, '../../worker/service-worker.js'), 'utf8')
const origin = 'https://studio.test'
type Listener = (event: object) => void

/** Runs the worker's file in a browser of which only the edges are there: its storage, its network and its windows. */
function start(
  windows: object[],
  put: () => Promise<void>,
  network: (request: Request, init?: RequestInit) => Promise<Response> = async () => new Response('file'),
) {
  const listeners = new Map<string, Listener>()
  const openWindow = vi.fn<(url: string) => Promise<void>>(async () => undefined)
  const cache = { match: async () => undefined, put }
  const self = {
    BUILD: { version: '1', shell: [], files: [] },
    location: { origin },
    clients: { matchAll: async () => windows, openWindow },
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
  }
  runInNewContext(source, {
    self,
    URL,
    caches: { open: async () => cache },
    AbortController,
    Response,
    setTimeout,
    clearTimeout,
    fetch: network,
  })
  const waited: Promise<unknown>[] = []
  const dispatch = (type: string, event: object) =>
    listeners.get(type)?.({ ...event, waitUntil: (one: Promise<unknown>) => waited.push(one) })
  return { dispatch, openWindow, settled: () => Promise.all(waited) }
}
const click = (url: string) => ({ notification: { close: () => undefined, data: { url } } })

test('full storage breaks no reply', async () => {
  const { dispatch, settled } = start([], () => Promise.reject(new Error('QuotaExceededError')))
  let reply: Promise<Response> | undefined
  const request = { method: 'GET', mode: 'cors', url: `${origin}/assets/app.js` }
  dispatch('fetch', { request, respondWith: (given: Promise<Response>) => (reply = given) })
  expect(await (await reply)?.text()).toBe('file')
  await settled()
})

test('a page that does not begin to come is opened from the shell; one that has begun is never cut off', async () => {
  vi.useFakeTimers()
  const signals: AbortSignal[] = []
  const { dispatch } = start(
    [],
    async () => undefined,
    async (request, init) => {
      const signal = init?.signal as AbortSignal
      signals.push(signal)
      if (request.url.endsWith('/slow')) return new Response('page')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    },
  )
  const navigate = (path: string) => {
    let reply: Promise<Response> | undefined
    const request = { method: 'GET', mode: 'navigate', url: origin + path }
    dispatch('fetch', { request, respondWith: (given: Promise<Response>) => (reply = given) })
    return reply as unknown as Promise<Response>
  }
  const begun = await navigate('/slow')
  const silent = navigate('/silent')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
  expect([await begun.text(), (await silent).type]).toEqual(['page', 'error'])
  vi.useRealTimers()
})

test('a push leads an open window to the very message, and only there', async () => {
  const focus = vi.fn<() => Promise<void>>(async () => undefined)
  const navigate = vi.fn<(url: string) => Promise<void>>(async () => undefined)
  const open = { url: `${origin}/projects/p1`, focus, navigate }
  const { dispatch, openWindow, settled } = start([open], async () => undefined)
  dispatch('notificationclick', click('/projects/p1?tab=messages#message-m1'))
  await settled()
  expect(navigate).toHaveBeenCalledWith(`${origin}/projects/p1?tab=messages#message-m1`)
  dispatch('notificationclick', click('/projects/p1'))
  await settled()
  expect([focus.mock.calls.length, navigate.mock.calls.length, openWindow.mock.calls.length]).toEqual([2, 1, 0])

  dispatch('notificationclick', click('/projects/p2'))
  dispatch('notificationclick', click('https://elsewhere.test/projects/p1'))
  await settled()
  expect(openWindow.mock.calls).toEqual([[`${origin}/projects/p2`]])
})
