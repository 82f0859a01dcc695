import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRealtime, type RealtimeEvent } from './realtime.ts'

/** Stands for the browser's WebSocket: the test opens, feeds and cuts it. */
class Socket {
  static readonly OPEN = 1
  static all: Socket[] = []
  readyState = 0
  sent: string[] = []
  onopen = () => {}
  onclose: (event: { code: number }) => void = () => {}
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
  cut(code = 1006) {
    this.readyState = 3
    this.onclose({ code })
  }
  close() {
    this.cut()
  }
  send(text: string) {
    this.sent.push(text)
  }
  ready(seq: number) {
    this.onmessage({ data: JSON.stringify({ type: 'ready', at: '', data: { seq } }) })
  }
  event(seq: number, type = 'project:updated') {
    this.onmessage({
      data: JSON.stringify({ seq, id: 'e', type, at: '', projectId: null, actor: { id: null, name: null }, data: {} }),
    })
  }
}

let seen: RealtimeEvent[]
let gaps: number
let stop: () => void
const newest = () => Socket.all.at(-1) as Socket

function start(realtime = createRealtime('ws://api/events'), onRefused = async () => true) {
  seen = []
  gaps = 0
  stop = realtime.start({ onEvent: (event) => seen.push(event), onGap: () => (gaps += 1), onRefused })
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
  newest().ready(41)
  newest().cut()
  await vi.advanceTimersByTimeAsync(1000)
  expect(newest().url).toBe('ws://api/events?after=41')
  newest().open()
  newest().event(42)
  expect(seen.map((event) => 'seq' in event && event.seq)).toEqual([42])
})

test('a studio in which nothing has happened yet has a place to go on from, too', async () => {
  start()
  newest().open()
  newest().ready(0)
  newest().cut()
  await vi.advanceTimersByTimeAsync(1000)
  expect(newest().url).toBe('ws://api/events?after=0')
})

test('what happened while the first tries failed is made good, and only that', async () => {
  start()
  newest().cut()
  await vi.advanceTimersByTimeAsync(1000)
  newest().open()
  newest().ready(5)
  expect(gaps).toBe(1)
  newest().cut()
  await vi.advanceTimersByTimeAsync(1000)
  newest().open()
  newest().ready(6)
  expect(gaps).toBe(1)
  stop()
  start()
  newest().open()
  newest().ready(5)
  expect(gaps).toBe(0)
})

test('put out by the server: the session is asked for before the next try, and its end ends the tries', async () => {
  const asked = [true, false]
  let count = 0
  start(undefined, async () => asked[count++] ?? false)
  newest().open()
  newest().ready(3)
  newest().cut(1006)
  await vi.advanceTimersByTimeAsync(1000)
  expect(count).toBe(0)
  newest().open()
  newest().cut(4401)
  await vi.advanceTimersByTimeAsync(2000)
  expect([count, Socket.all.length]).toEqual([1, 3])
  newest().open()
  newest().cut(4401)
  await vi.advanceTimersByTimeAsync(60_000)
  expect([count, Socket.all.length]).toEqual([2, 3])
})
