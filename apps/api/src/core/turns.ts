import type { AppError } from './app-error.ts'

export interface TurnLimits {
  /** How many run at a time, in this process. */
  atOnce: number
  /** How many may wait; whoever comes then is refused with `busy()`. */
  longestQueue: number
  busy(): AppError
}

/** Makes what lets heavy work run a few at a time and the rest wait in line. */
export function createTurns({ atOnce, longestQueue, busy }: TurnLimits): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
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
}
