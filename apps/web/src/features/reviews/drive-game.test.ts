import { afterEach, beforeEach, expect, test } from 'vitest'
import { driveGame, type GameDriver, type GameState } from './drive-game.ts'

const origin = 'https://games.example.test'
const hash = '0123456789abcdef'
const frozen = {
  v: 1,
  type: 'frozen',
  score: 3,
  ticks: 90,
  log: 'AcYdAAE',
  hash,
  picture: 'data:image/png;base64,AAAA',
}

let frame: HTMLIFrameElement
let driver: GameDriver
let state: GameState | null
let sent: unknown[]

beforeEach(() => {
  frame = document.createElement('iframe')
  document.body.append(frame)
  sent = []
  state = null
  const { contentWindow } = frame
  if (!contentWindow) throw new Error('A frame in the page has a window.')
  Object.defineProperty(contentWindow, 'postMessage', {
    value: (message: unknown, target: string) => sent.push([message, target]),
  })
  driver = driveGame(frame, `${origin}/_p/token/`, (next) => {
    state = next
  })
})
afterEach(() => {
  driver.end()
  frame.remove()
})

function say(data: unknown, { from = frame.contentWindow, at = origin }: { from?: Window | null; at?: string } = {}) {
  window.dispatchEvent(new MessageEvent('message', { data, origin: at, source: from }))
}

test('a game is told to stop at its own origin, and its answer is the moment', async () => {
  const moment = driver.freeze()
  expect(sent).toEqual([[{ v: 1, type: 'freeze' }, origin]])
  say(frozen)
  expect(await moment).toEqual(frozen)
})

test('nobody else is heard: another window, another origin, a message of another shape', async () => {
  const moment = driver.freeze()
  say({ ...frozen, ticks: 1 }, { from: window })
  say({ ...frozen, ticks: 2 }, { at: 'https://evil.example.test' })
  say({ ...frozen, ticks: 3, hash: 'x' })
  expect(state).toBeNull()
  say({ ...frozen, ticks: 4 })
  expect((await moment)?.ticks).toBe(4)
})

test('a replay tells how far it is, and ends with its hash; a newer one takes its place', async () => {
  const first = driver.replay('AcYdAAE', 60)
  expect(sent).toEqual([])
  say({ v: 1, type: 'ready', templateId: 'catcher', engineVersion: '1.0.0' })
  expect(sent).toEqual([[{ v: 1, type: 'replay', log: 'AcYdAAE', untilTick: 60 }, origin]])
  const second = driver.replay('AcYdAAE', 3600)
  expect(await first).toBeNull()
  say({ v: 1, type: 'state', mode: 'replaying', tick: 0, score: 0 })
  say({ v: 1, type: 'replaying', tick: 1200, untilTick: 3600 })
  expect(state).toMatchObject({ mode: 'replaying', replayed: 1 / 3 })
  say({ v: 1, type: 'state', mode: 'frozen', tick: 3600, score: 7 })
  say({ v: 1, type: 'replayed', tick: 3600, hash })
  expect(await second).toMatchObject({ tick: 3600, hash })
  expect(state).toEqual({ mode: 'frozen', tick: 3600, score: 7, replayed: null })
})

test('what is asked when the page is left is answered with nothing', async () => {
  const moment = driver.freeze()
  driver.end()
  expect(await moment).toBeNull()
})
