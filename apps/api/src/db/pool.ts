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
