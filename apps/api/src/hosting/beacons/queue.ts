import type { FastifyBaseLogger } from 'fastify'
import type { BeaconRow } from '../../db/system-games.ts'

export interface BeaconQueue {
  /** Takes a beacon to be recorded shortly. False when there is no room, because the database has been away for long. */
  add(row: BeaconRow): boolean
  /** Records all that waits, trying until it succeeds or `closeWithinMs` is over. */
  close(): Promise<void>
}

export interface QueueOptions {
  /** Recording a row twice must change nothing: after a failure nobody knows how far it came. */
  record(rows: readonly BeaconRow[]): Promise<unknown>
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>
  /** The longest a beacon waits while the database answers, and so what `kill -9` can lose. */
  flushAfterMs?: number
  batchRows?: number
  /** About 400 bytes each. */
  mostRows?: number
  closeWithinMs?: number
}

const longestPauseMs = 1000

/** Gathers beacons so that a burst of players costs a few statements a second. One batch is under way at a time. */
export function openBeaconQueue(options: QueueOptions): BeaconQueue {
  const { record, log, flushAfterMs = 250, batchRows = 1000, mostRows = 50_000, closeWithinMs = 8000 } = options
  let waiting: BeaconRow[] = []
  let timer: NodeJS.Timeout | undefined
  let running: Promise<boolean> | undefined
  let pauseMs = flushAfterMs

  function schedule(): void {
    if (running) return
    const full = waiting.length >= batchRows && pauseMs === flushAfterMs
    if (full) {
      clearTimeout(timer)
      timer = undefined
      void flush()
    } else timer ??= setTimeout(() => void flush(), pauseMs)
  }

  /** True when the batch is settled. What fails stays in front of the queue, in its order. */
  function flush(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    running ??= flushBatch().finally(() => {
      running = undefined
      if (waiting.length > 0) schedule()
    })
    return running
  }

  async function flushBatch(): Promise<boolean> {
    const batch = waiting.slice(0, batchRows)
    if (batch.length === 0) return true
    try {
      await recordSound(batch)
      waiting = waiting.slice(batch.length)
      pauseMs = flushAfterMs
      return true
    } catch (error) {
      pauseMs = Math.min(longestPauseMs, pauseMs * 2)
      log.warn({ err: error, waiting: waiting.length }, 'beacons could not be recorded and will be tried again')
      return false
    }
  }

  /** A row the database refuses for what it says (its address was erased meanwhile) must not hold up the others. */
  async function recordSound(batch: readonly BeaconRow[]): Promise<void> {
    try {
      await record(batch)
    } catch (error) {
      if (!isAboutData(error)) throw error
      if (batch.length === 1) {
        log.warn({ err: error, urlId: batch[0]?.urlId }, 'a beacon was refused by the database and is left out')
        return
      }
      const half = Math.ceil(batch.length / 2)
      await recordSound(batch.slice(0, half))
      await recordSound(batch.slice(half))
    }
  }

  return {
    add(row) {
      if (waiting.length >= mostRows) return false
      waiting.push(row)
      schedule()
      return true
    },
    async close() {
      const deadline = Date.now() + closeWithinMs
      while ((waiting.length > 0 || running) && Date.now() < deadline) {
        const settled = await flush()
        if (!settled) await new Promise((resolve) => setTimeout(resolve, 100))
      }
      clearTimeout(timer)
      if (waiting.length > 0)
        log.error({ lost: waiting.length }, 'the database did not take the last beacons before the stop')
    },
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint violation), as such or behind Drizzle's wrapper. */
function isAboutData(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  return [code, cause?.code].some((one) => typeof one === 'string' && /^2[23]/.test(one))
}
