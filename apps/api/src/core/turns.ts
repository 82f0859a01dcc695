import type { AppError } from './app-error.ts'

export interface TurnLimits {
  /** How many run at a time, in this process. */
  atOnce: number
  /** How many may wait; whoever comes then is refused with `busy()`. */
  longestQueue: number
  /** How many of one caller may run or wait; without it, as many as there is room for. */
  perCaller?: number
  busy(): AppError
}

/**
 * Makes what lets heavy work run a few at a time and the rest wait in line. Work is of the `caller` that is named with it,
 * be it a person or a link.
 */
export function createTurns({ atOnce, longestQueue, perCaller = Infinity, busy }: TurnLimits) {
  let running = 0
  const waiting: (() => void)[] = []
  const callers = new Map<string, number>()

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < atOnce) running += 1
    else if (waiting.length >= longestQueue) throw busy()
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // The place is handed on, so that nobody who comes just now takes it from who waited.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return async <T>(work: () => Promise<T>, caller?: string): Promise<T> => {
    if (caller === undefined) return inTurn(work)
    const own = callers.get(caller) ?? 0
    if (own >= perCaller) throw busy()
    callers.set(caller, own + 1)
    try {
      return await inTurn(work)
    } finally {
      const left = (callers.get(caller) ?? 1) - 1
      if (left > 0) callers.set(caller, left)
      else callers.delete(caller)
    }
  }
}
