// Runs first in every page of a studio's own game, before any script of its own. Compiled by storage-script.ts.
import type { GameMessage } from '../bridge.ts'
import { makeStorage } from './make-storage.ts'
import { itemsOfName, nameWithItems, type StoredItems, type StoreMessage } from './store-message.ts'

/** The shell hears at most 60 messages a second; a game that saves in every frame is told on in gulps. */
const GAP_MS = 50

const shell = window.parent === window ? undefined : window.parent
// The frame's origin is opaque and no secret is sent, so any target origin is right.
const send = (message: StoreMessage | GameMessage) => shell?.postMessage(message, '*')

let latest: StoredItems = {}
let sentAt = -GAP_MS
let timer: ReturnType<typeof setTimeout> | undefined

function sendLatest(): void {
  timer = undefined
  sentAt = performance.now()
  send({ v: 1, type: 'store', items: latest })
}

function keep(items: StoredItems): void {
  latest = items
  // A page that loads itself again finds here what it has just kept.
  window.name = nameWithItems(items)
  const wait = sentAt + GAP_MS - performance.now()
  if (wait <= 0 && timer === undefined) sendLatest()
  else timer ??= setTimeout(sendLatest, wait)
}

function offer(name: 'localStorage' | 'sessionStorage', storage: Storage): void {
  Object.defineProperty(window, name, { value: storage, configurable: true, enumerable: true })
}

if (window.origin === 'null') {
  offer('localStorage', makeStorage(itemsOfName(window.name), keep))
  offer(
    'sessionStorage',
    makeStorage({}, () => undefined),
  )
  // The first touch is what makes a visit a play.
  const begin = () => {
    for (const kind of kinds) window.removeEventListener(kind, begin, true)
    send({ v: 1, type: 'start', play: 1 })
  }
  const kinds = ['pointerdown', 'keydown'] as const
  for (const kind of kinds) window.addEventListener(kind, begin, true)
}
