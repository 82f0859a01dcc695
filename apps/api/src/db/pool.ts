import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Opens the runtime pool. Sessions run in UTC; 10 s without a free connection is an error, not a queue without end. */
export function openPool(connectionString: string, max: number, applicationName: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    options: '-c timezone=UTC',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  })
  return pool
}

/**
 * Ends a pool and waits until its connections are gone. `pool.end()` alone resolves while they are still saying goodbye,
 * and a database that is stopped right then breaks them, which looks like a fault in the log.
 */
export async function closePool(pool: pg.Pool): Promise<void> {
  const open = pool.totalCount
  const gone = new Set<unknown>()
  const all = new Promise<void>((resolve) => {
    if (open === 0) resolve()
    pool.on('remove', (client) => {
      if (gone.add(client).size >= open) resolve()
    })
  })
  await pool.end()
  // A connection that never came about is not announced as removed.
  await Promise.race([all, sleep(2000, undefined, { ref: false })])
}
