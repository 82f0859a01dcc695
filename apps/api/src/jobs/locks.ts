import pg from 'pg'
import type { JobLog } from '../core/event-handlers.ts'

/** Session locks of one worker. They end with its connection, so a dead worker holds none. */
export interface WorkerLocks {
  /** Takes the lock unless another worker holds it; true as well when this worker has it already. */
  tryHold(name: string): Promise<boolean>
  /** Whether nobody holds the lock. */
  isFree(name: string): Promise<boolean>
  close(): Promise<void>
}

/** A dead machine's connection is noticed by the server within half a minute, and its locks are free. */
const keepalives = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4'

/**
 * Holds `executorId` for as long as the worker lives, on a connection of its own. When that breaks, everything is taken
 * again on a new one; meanwhile another worker may take jobs over, which the engine's ownership tokens allow for.
 */
export async function openWorkerLocks(databaseUrl: string, executorId: string, log: JobLog): Promise<WorkerLocks> {
  const held = new Set<string>()
  let client: pg.Client | undefined
  let opening: Promise<pg.Client> | undefined
  let closing = false
  let turn: Promise<unknown> = Promise.resolve()

  async function open(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'sparkle-worker-locks',
      keepAlive: true,
      options: keepalives,
    })
    next.on('error', (error) => lost(next, error))
    next.on('end', () => lost(next, new Error('connection ended')))
    await next.connect()
    await next.query('select pg_advisory_lock(hashtextextended($1, 0))', [lockName(executorId)])
    client = next
    return next
  }

  function lost(which: pg.Client, error: Error): void {
    if (closing || client !== which) return
    client = undefined
    held.clear()
    log.warn({ err: error }, 'the connection that holds this worker’s locks was lost')
    reopen()
  }

  function reopen(): void {
    current().catch((cause: Error) => {
      log.warn({ err: cause }, 'the locks could not be taken again yet')
      if (!closing) setTimeout(reopen, 1000).unref()
    })
  }

  async function current(): Promise<pg.Client> {
    if (client) return client
    opening ??= open().finally(() => (opening = undefined))
    return opening
  }

  /** One question after another: a client runs one query at a time. */
  function ask(question: string, name: string): Promise<boolean> {
    const answer = turn.then(async () => {
      const { rows } = await (await current()).query<{ yes: boolean }>(question, [lockName(name)])
      return rows[0]?.yes === true
    })
    // Whoever asked hears of a failure; the next in turn only waits for the end.
    turn = answer.then(nothing, nothing)
    return answer
  }
  const tryLock = (name: string) => ask('select pg_try_advisory_lock(hashtextextended($1, 0)) as yes', name)

  await current()
  return {
    async tryHold(name) {
      if (held.has(name)) return true
      const taken = await tryLock(name)
      if (taken) held.add(name)
      return taken
    },
    async isFree(name) {
      if (held.has(name) || !(await tryLock(name))) return false
      return ask('select pg_advisory_unlock(hashtextextended($1, 0)) as yes', name)
    },
    async close() {
      closing = true
      await client?.end()
    },
  }
}

function lockName(name: string): string {
  return `sparkleclassic:worker:${name}`
}

function nothing(): void {}
