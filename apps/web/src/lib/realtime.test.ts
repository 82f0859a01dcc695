import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRealtime, type RealtimeEvent } from './realtime.ts'

/** Stands for the browser's WebSocket: the test opens, feeds and cuts it. */
class Socket {
  static readonly OPEN = 1
  static all: Socket[] = []
  readyState = 0
  sent: string[] = []
  onopen = () => {}
  onclose = () => {}
  onmessage: (message: { data: string }) => void = () => {}
  url: string
  constructor(url: string) {
    this.url = url
    Socket.all.push(this)
  }
  open() {
    this.readyState = 1
    this.onopen()
  }
  cut() {
    this.readyState = 3
    this.onclose()
  }
  close() {
    this.cut()
  }
  send(text: string) {
    this.sent.push(text)
  }
  event(seq: number, type = 'project:updated') {
    this.onmessage({
      data: JSON.stringify({ seq, id: 'e', type, at: '', projectId: null, actor: { id: null, name: null }, data: {} }),
    })
  }
}

let seen: RealtimeEvent[]
let stop: () => void
const newest = () => Socket.all.at(-1) as Socket

function start(realtime = createRealtime('ws://api/events'), onRefused = async () => true) {
  seen = []
  stop = realtime.start({ onEvent: (event) => seen.push(event), onRefused })
  return realtime
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', Socket)
  Socket.all = []
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('after a loss it asks for what it missed, once each, and joins its rooms again', async () => {
  const realtime = start()
  realtime.join('project:1')
  newest().open()
  expect(newest().sent).toEqual([JSON.stringify({ type: 'subscribe', room: 'project:1' })])
  newest().event(7)
  newest().cut()
  await vi.advanceTimersByTimeAsync(600)
  expect(newest().url).toBe('ws://api/events?after=7')
  newest().open()
  newest().event(7)
  newest().event(8)
  expect(seen.map((event) => 'seq' in event && event.seq)).toEqual([7, 8])
  expect(newest().sent).toHaveLength(1)
})

test('pauses grow, and the network coming back ends them', async () => {
  start()
  for (let failure = 0; failure < 6; failure += 1) {
    newest().cut()
    await vi.advanceTimersByTimeAsync(500 * 2 ** failure)
  }
  expect(Socket.all).toHaveLength(7)
  newest().cut()
  await vi.advanceTimersByTimeAsync(1000)
  expect(Socket.all).toHaveLength(7)
  window.dispatchEvent(new Event('online'))
  expect(Socket.all).toHaveLength(8)
})

test('nobody signed in: no more attempts', async () => {
  start(undefined, async () => false)
  newest().cut()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(Socket.all).toHaveLength(1)
})

test('a room is left when the last caller leaves it', () => {
  const realtime = start()
  newest().open()
  const leaveOne = realtime.join('org')
  const leaveOther = realtime.join('org')
  leaveOne()
  expect(newest().sent).toHaveLength(1)
  leaveOther()
  expect(newest().sent.at(-1)).toBe(JSON.stringify({ type: 'unsubscribe', room: 'org' }))
})

test('events of a newer server and broken ones are passed over', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  start()
  newest().open()
  newest().event(1, 'moon:landed')
  newest().onmessage({ data: '{' })
  expect(seen).toEqual([])
  expect(warn).toHaveBeenCalledOnce()
})

test('after a loss without any event it goes on where the server said it stood', async () => {
  start()
  newest().open()
  newest().onmessage({ data: JSON.stringify({ type: 'ready', at: '', data: { seq: 41 } }) })
  newest().cut()
  await vi.advanceTimersByTimeAsync(1000)
  expect(newest().url).toBe('ws://api/events?after=41')
  newest().open()
  newest().event(42)
  expect(seen.map((event) => 'seq' in event && event.seq)).toEqual([42])
})
