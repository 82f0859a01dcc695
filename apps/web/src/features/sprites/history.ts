/** A value with the way back and forth. Never changed in place. */
export interface History<T> {
  past: readonly T[]
  now: T
  future: readonly T[]
  /** The movement that is still going on: its many changes are one step back. */
  gesture: string | null
}

const longest = 200

export function startHistory<T>(now: T): History<T> {
  return { past: [], now, future: [], gesture: null }
}

/** Goes on to `next`. Changes of the same gesture, until it is settled, count as one. */
export function record<T>(history: History<T>, next: T, gesture: string | null = null): History<T> {
  if (gesture !== null && gesture === history.gesture) return { ...history, now: next }
  return { past: [...history.past, history.now].slice(-longest), now: next, future: [], gesture }
}

/** The gesture is over: the next change is a step of its own, even by the same handle. */
export function settle<T>(history: History<T>): History<T> {
  return history.gesture === null ? history : { ...history, gesture: null }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future], gesture: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.now], now: after, future, gesture: null }
}
