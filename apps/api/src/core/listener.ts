import { EventEmitter } from 'node:events'
import pg from 'pg'

const channels = ['sc_outbox', 'sc_events', 'sc_games', 'sc_users', 'sc_person_mails', 'sc_studios'] as const
export type Channel = (typeof channels)[number]

/** PostgreSQL's notifications as events. `reconnected` says that some may have been missed: drop what was cached. */
export interface Listener {
  on(channel: Channel | 'reconnected', handler: (payload: string) => void): () => void
  close(): Promise<void>
}

/** Listens on a connection of its own and reconnects when it breaks, at most every 500 ms. */
export async function openListener(
  connectionString: string,
  log: { warn(o: object, m: string): void },
): Promise<Listener> {
  const emitter = new EventEmitter().setMaxListeners(0)
  let client: pg.Client | undefined
  let closing = false
  let retry: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString, application_name: 'sparkle-listener', keepAlive: true })
    next.on('notification', (message) => emitter.emit(message.channel, message.payload ?? ''))
    next.on('error', (error) => lost(next, error))
    next.on('end', () => lost(next, new Error('connection ended')))
    await next.connect()
    for (const channel of channels) await next.query(`listen ${channel}`)
    client = next
  }

  function lost(which: pg.Client, error: Error): void {
    if (closing || client !== which) return
    client = undefined
    log.warn({ err: error }, 'the listening connection to the database was lost')
    schedule()
  }

  function schedule(): void {
    retry = setTimeout(() => {
      connect().then(
        () => emitter.emit('reconnected', ''),
        (error: Error) => {
          log.warn({ err: error }, 'the listening connection could not be opened again')
          if (!closing) schedule()
        },
      )
    }, 500)
  }

  await connect()
  return {
    on(channel, handler) {
      emitter.on(channel, handler)
      return () => emitter.off(channel, handler)
    },
    async close() {
      closing = true
      clearTimeout(retry)
      await client?.end()
    },
  }
}
