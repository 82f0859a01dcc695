import { z } from 'zod'
import { newKey } from '../http.ts'
import { isProblem } from '../problem.ts'
import { keptItems } from './kept-items.ts'

/** Something on its way: written down before it is sent, so that neither a tunnel nor a closed tab loses it. */
export interface Waiting<Item> {
  /** Its Idempotency-Key: however often it is tried, it arrives once. */
  key: string
  item: Item
  writtenAt: number
  /** When it was first tried, in ms: until then it cannot have arrived. */
  triedAt: number | null
  /** Why it is not tried by itself any more: the problem's code, and a sentence for whoever wrote it. */
  refused: { code: string; why: string } | null
}

/** It may have arrived, and the API no longer knows its key: sent again by itself, it could be there twice. */
export const tooOld = 'outbox.too_old'
/** So much waits on one device at most; a device's storage is small, and an outbox no archive. */
export const mostWaiting = 100
/** The API knows a key for a day. */
const keyLastsMs = 23 * 60 * 60 * 1000
/** Where no event says that the network is back, it is found out. */
const tryEveryMs = 15_000
/** So often the server may fail over one item before others need not wait for it. */
const faultsBeforeOthers = 3

export interface Outbox<Item> {
  /** Writes it down; `false` where too much waits already. `flush` sends it. */
  add: (item: Item) => boolean
  /** Sends what waits, one after the other, each line in the order it was written. One tab at a time is at it. */
  flush: () => Promise<void>
  /** Puts what was refused back in its place in the line, with what is changed about it. */
  retry: (key: string, change?: Partial<Item>) => void
  remove: (key: string) => void
  /** The same array until something changes. */
  list: () => readonly Waiting<Item>[]
  /** The key of what this tab has on its way right now. */
  sending: () => string | null
  /** Whether the last try met a sign-in that has ended: no connection helps then. */
  signedOut: () => boolean
  subscribe: (listener: () => void) => () => void
  /** Sends by itself, as the network allows, until the returned function is called. */
  start: () => () => void
}

const carried = ['comments', 'messages'] as const

export interface OutboxParts<Item, Arrived> {
  carries: (typeof carried)[number]
  /** Whose it is: somebody else at the same device has an outbox of their own, and so have they in another studio. */
  person: string
  item: z.ZodType<Item>
  /** What an item belongs to. Of one line each waits for the one before it; another line does not. */
  lineOf: (item: Item) => string
  send: (item: Item, key: string) => Promise<Arrived>
  /** Shown before it leaves the outbox, so that it is never out of sight. */
  onArrived: (arrived: Arrived) => void
  textOf: (error: unknown) => string
  /** Whether whoever wrote it is still who the API takes the calls of this page for. */
  isTheirs?: () => boolean
  now?: () => number
  /** Missing where a page comes over plain http: several tabs may then try the same thing, under the same key. */
  locks?: Pick<LockManager, 'request'> | undefined
}

const frame = z.object({
  key: z.string(),
  item: z.unknown(),
  writtenAt: z.number(),
  triedAt: z.number().nullable(),
  refused: z.object({ code: z.string(), why: z.string() }).nullable(),
})

/** What was stored, as what it is; null where an older version or somebody else has written it. */
function readWaiting<Item>(schema: z.ZodType<Item>, value: unknown): Waiting<Item> | null {
  const framed = frame.safeParse(value)
  const item = schema.safeParse(framed.data?.item)
  return framed.success && item.success ? { ...framed.data, item: item.data } : null
}

/** No answer, a sign-in that has ended, too many, a server in trouble, or the same key at work from another tab. */
function isPassing(error: unknown): boolean {
  if (!isProblem(error)) return false
  const { status, code } = error
  return status === 0 || status === 401 || status === 429 || status >= 500 || code === 'idempotency.in_progress'
}

/** An answer of the server's own, which may be about this one item; a proxy's says that none gets through. */
function isFault(error: unknown): boolean {
  return isProblem(error) && error.status >= 500 && ![502, 503, 504].includes(error.status)
}

/** Where an outbox is stored. Encoded, no name is the beginning of another. */
function placeOf({ carries, person }: { carries: string; person: string }): string {
  return `outbox ${encodeURIComponent(`${carries} ${person}`)} `
}

/** What waits in one outbox of a person, without opening it. */
export function listWaiting<Item>(carries: (typeof carried)[number], person: string, item: z.ZodType<Item>): Item[] {
  const kept = keptItems(placeOf({ carries, person }), (value) => readWaiting(item, value)).read()
  return kept.map((waiting) => waiting.item)
}

/** How much waits in the outboxes of one person and goes out by itself, without opening any of them. */
export function countWaiting(person: string): number {
  const all = carried.flatMap((carries) =>
    keptItems(placeOf({ carries, person }), (value) => readWaiting(z.unknown(), value)).read(),
  )
  return all.filter(({ refused }) => refused === null).length
}

/** What waits to be sent, kept on this device so that a bad connection or a closed tab loses none of it. */
export function createOutbox<Item extends object, Arrived>(parts: OutboxParts<Item, Arrived>): Outbox<Item> {
  const { lineOf, send, onArrived, textOf, isTheirs = () => true, now = Date.now, locks } = parts
  const prefix = placeOf(parts)
  const kept = keptItems<Waiting<Item>>(prefix, (value) => readWaiting(parts.item, value))
  const listeners = new Set<() => void>()
  const read = () => kept.read().toSorted((a, b) => a.writtenAt - b.writtenAt)
  let entries: readonly Waiting<Item>[] = read()
  let sending: string | null = null
  let signedOut = false
  let stopped = false
  const faults = new Map<string, number>()

  const look = () => {
    entries = read()
    for (const listener of listeners) listener()
  }
  const find = (key: string) => kept.read().find((entry) => entry.key === key)
  const patch = (key: string, change: Partial<Waiting<Item>>) => {
    const entry = find(key)
    if (entry) kept.put({ ...entry, ...change })
    look()
  }
  const isDue = ({ refused }: Waiting<Item>) => refused === null

  /** Tries one. `line`: only its own line waits with it; `all`: nothing goes out for the moment. */
  const trySending = async ({ key, item, triedAt }: Waiting<Item>): Promise<'done' | 'line' | 'all'> => {
    if (triedAt !== null && now() - triedAt > keyLastsMs) {
      patch(key, { refused: { code: tooOld, why: '' } })
      return 'done'
    }
    sending = key
    patch(key, { triedAt: triedAt ?? now() })
    let arrived: Arrived
    try {
      arrived = await send(item, key)
    } catch (error) {
      sending = null
      signedOut = isProblem(error) && error.status === 401
      // What was said to somebody else, who has signed in meanwhile, is no answer.
      if (!isPassing(error) && isTheirs()) {
        patch(key, { refused: { code: isProblem(error) ? error.code : '', why: textOf(error) } })
        return 'done'
      }
      look()
      if (!isFault(error)) return 'all'
      const count = (faults.get(key) ?? 0) + 1
      faults.set(key, count)
      return count < faultsBeforeOthers ? 'all' : 'line'
    }
    signedOut = false
    try {
      // Whoever has left the page is shown nothing on that of the next person.
      if (!stopped) onArrived(arrived)
    } finally {
      sending = null
      kept.remove(key)
      look()
    }
    return 'done'
  }
  const sendAll = async () => {
    const heldUp = new Set<string>()
    for (;;) {
      look()
      const next = entries.find((entry) => isDue(entry) && !heldUp.has(lineOf(entry.item)))
      if (!next || stopped || !isTheirs()) return
      const waits = await trySending(next)
      if (waits === 'all') return
      if (waits === 'line') heldUp.add(lineOf(next.item))
    }
  }

  let running: Promise<void> | null = null
  let again = false
  const run = async () => {
    try {
      while (again) {
        again = false
        await (locks ? locks.request(prefix, sendAll) : sendAll())
      }
    } finally {
      running = null
    }
  }
  const flush = () => {
    // What is written while the last one is on its way is not left lying.
    again = true
    running ??= Promise.resolve().then(run)
    return running
  }

  return {
    flush,
    add(item) {
      look()
      if (entries.length >= mostWaiting) return false
      const writtenAt = Math.max(now(), (entries.at(-1)?.writtenAt ?? 0) + 1)
      kept.put({ key: newKey(), item, writtenAt, triedAt: null, refused: null })
      look()
      return true
    },
    retry(key, change) {
      const entry = find(key)
      if (!entry?.refused) return
      // Under the same key it would be refused once more.
      kept.put({ ...entry, item: { ...entry.item, ...change }, key: newKey(), triedAt: null, refused: null })
      kept.remove(key)
      look()
    },
    remove(key) {
      kept.remove(key)
      look()
    },
    list: () => entries,
    sending: () => sending,
    signedOut: () => signedOut,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start() {
      stopped = false
      const flushDue = () => {
        if (entries.some(isDue)) void flush()
      }
      const onStorage = ({ key }: StorageEvent) => {
        if (key === null || key.startsWith(prefix)) look()
      }
      const timer = setInterval(flushDue, tryEveryMs)
      window.addEventListener('online', flushDue)
      window.addEventListener('storage', onStorage)
      flushDue()
      return () => {
        stopped = true
        clearInterval(timer)
        window.removeEventListener('online', flushDue)
        window.removeEventListener('storage', onStorage)
      }
    },
  }
}
