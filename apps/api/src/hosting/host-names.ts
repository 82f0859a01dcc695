import { isIP } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { listGameDomains } from '../db/system-games.ts'
import type { HostDeps } from './host-deps.ts'

/** Whose games a request may see by the `Host` it names: a studio's id, everybody's, or nobody's. */
export type Audience = string
export const everybody: Audience = '*'
export const nobody: Audience = ''

export interface HostNames {
  /** Without a promise and, for the games' own origin, by one comparison: it is asked for every game's page. */
  audienceOf(host: string | undefined): Audience
  close(): void
}

const retryMs = 2000

/**
 * The domains that studios have proven, kept whole in memory and read again whenever one changes. The games' origin shows
 * everybody's games, and so do addresses without a name (health checks, a machine's own browser); any other name that
 * nobody has proven shows none.
 */
export async function openHostNames(
  { db, listener, config }: Pick<HostDeps, 'db' | 'listener' | 'config'>,
  log: Pick<FastifyBaseLogger, 'warn'>,
): Promise<HostNames> {
  const own = new URL(config.gamesOrigin)
  let studios = await listGameDomains(db)
  let reading: Promise<void> | undefined
  let again = false
  let retry: NodeJS.Timeout | undefined

  /** One at a time; a change that comes while it reads is read after it. */
  function refresh(): void {
    if (reading) {
      again = true
      return
    }
    clearTimeout(retry)
    reading = listGameDomains(db)
      .then(
        (read) => void (studios = read),
        (error: unknown) => {
          log.warn({ err: error }, 'the domains of studios could not be read; those known go on')
          retry = setTimeout(refresh, retryMs).unref()
        },
      )
      .finally(() => {
        reading = undefined
        if (!again) return
        again = false
        refresh()
      })
  }

  const stops = [
    listener.on('sc_games', (payload) => {
      if (payload.startsWith('@')) refresh()
    }),
    listener.on('reconnected', refresh),
  ]

  function lookUp(host: string): Audience {
    const name = hostnameOf(host)
    if (name === own.hostname || name === 'localhost' || isIP(name) !== 0) return everybody
    return studios.get(name) ?? nobody
  }

  return {
    audienceOf: (host) => (host === own.host || host === undefined ? everybody : lookUp(host)),
    close() {
      clearTimeout(retry)
      for (const stop of stops) stop()
    },
  }
}

/** The name in a `Host` header: small letters, without port, brackets of IPv6 and the root's dot. */
function hostnameOf(host: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host)
  return (bracketed?.[1] ?? host.replace(/:\d*$/, '').replace(/\.$/, '')).toLowerCase()
}
