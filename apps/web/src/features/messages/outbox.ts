import { useSyncExternalStore } from 'react'
import { newKey } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'

/** A message on its way: written down before it is sent, so that neither a tunnel nor a closed tab loses it. */
export interface Queued {
  /** Sent along every time: what has arrived already is not written twice. */
  key: string
  userId: string
  projectId: string
  body: string
  /** Uploaded already: a day is the longest that they wait. */
  attachments: readonly { id: string; filename: string }[]
  at: string
  /** When it was first tried, as a time stamp in ms: until then it cannot have arrived. */
  triedAt: number | null
  /** The problem's code, where the API has refused it, or `tooOld`: then a person decides. */
  refused: string | null
}

/** It may have arrived, and the API no longer knows its key: sent again by itself, it could be there twice. */
export const tooOld = 'outbox.too_old'
/** The API knows a key for a day. */
const keyLastsMs = 23 * 60 * 60 * 1000

const place = 'sc.outbox'
const listeners = new Set<() => void>()
let known: { text: string; queue: readonly Queued[] } = { text: '[]', queue: [] }

function readText(): string {
  try {
    return localStorage.getItem(place) ?? '[]'
  } catch {
    // Storage is refused in some private windows: the queue then lasts as long as the page.
    return known.text
  }
}

/** All that waits on this device. The same array until something changes. */
export function readOutbox(): readonly Queued[] {
  const text = readText()
  if (text !== known.text) known = { text, queue: parse(text) }
  return known.queue
}

function parse(text: string): Queued[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter(isQueued) : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

function isQueued(value: unknown): value is Queued {
  if (typeof value !== 'object' || value === null) return false
  const texts = ['key', 'userId', 'projectId', 'body', 'at'].map((key) => (value as Record<string, unknown>)[key])
  return (
    texts.every((text) => typeof text === 'string') && Array.isArray((value as Record<string, unknown>)['attachments'])
  )
}

function write(queue: readonly Queued[]): void {
  known = { text: JSON.stringify(queue), queue }
  try {
    localStorage.setItem(place, known.text)
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

export function enqueue(message: Pick<Queued, 'userId' | 'projectId' | 'body' | 'attachments'>): void {
  write([...readOutbox(), { ...message, key: newKey(), at: new Date().toISOString(), triedAt: null, refused: null }])
}

export function dequeue(key: string): void {
  write(readOutbox().filter((one) => one.key !== key))
}

/** Puts a refused message back in line, with what is changed about it. Under the same key it would be refused again. */
export function retryQueued(key: string, change?: Partial<Pick<Queued, 'attachments'>>): void {
  write(
    readOutbox().map((one) =>
      one.key === key && one.refused !== null
        ? { ...one, ...change, key: newKey(), triedAt: null, refused: null }
        : one,
    ),
  )
}

function patch(key: string, change: Partial<Queued>): void {
  write(readOutbox().map((one) => (one.key === key ? { ...one, ...change } : one)))
}

export function listenToOutbox(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export function useOutbox(): readonly Queued[] {
  return useSyncExternalStore(listenToOutbox, readOutbox)
}

/**
 * Sends what waits of one person, in the order in which it was written. Answers whether something is left that time may
 * cure; what the API refuses, or may have got a day
 * ago, is marked and stays until its author decides.
 */
export async function flushOutbox(
  userId: string,
  send: (message: Queued) => Promise<void>,
  now: () => number = Date.now,
): Promise<'empty' | 'waiting'> {
  for (;;) {
    const message = readOutbox().find((one) => one.userId === userId && one.refused === null)
    if (!message) return 'empty'
    if (message.triedAt !== null && now() - message.triedAt > keyLastsMs) {
      patch(message.key, { refused: tooOld })
      continue
    }
    if (message.triedAt === null) patch(message.key, { triedAt: now() })
    try {
      await send(message)
      dequeue(message.key)
    } catch (error) {
      if (!isProblem(error)) throw error
      if (curedByTime(error.status)) return 'waiting'
      patch(message.key, { refused: error.code })
    }
  }
}

/** No answer, a sign-in that has ended, the same one under way from another tab, too many, or a server in trouble. */
function curedByTime(status: number): boolean {
  return status === 0 || status === 401 || status === 409 || status === 429 || status >= 500
}
