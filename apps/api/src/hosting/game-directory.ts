import { LRUCache } from 'lru-cache'
import { slugPattern } from '@sparkle/shared/text'
import { type GameRow, resolveGame } from '../db/system-games.ts'
import { wasErased } from '../db/system-studios.ts'
import type { Bundle } from './bundle-files.ts'
import type { HostDeps } from './host-deps.ts'

/** A game that is live at its address. */
export interface LiveGame<Shown> {
  kind: 'live'
  organizationId: string
  slug: string
  urlId: string
  projectId: string
  buildId: string
  bundle: Bundle
  shown: Shown
}

export type Place<Shown> =
  | LiveGame<Shown>
  | { kind: 'moved'; organizationId: string; slug: string }
  | { kind: 'expired'; organizationId: string }
  /** Its whole studio was erased. */
  | { kind: 'erased' }
  | { kind: 'unknown' }

/** What a live game's row is known to have. */
export type LiveRow = GameRow &
  Required<{ [K in 'buildId' | 'digest' | 'files' | 'manifest']: NonNullable<GameRow[K]> }>

export interface GameDirectory<Shown> {
  /** What is known without asking; the hot way, without a promise. */
  known(slug: string): Place<Shown> | undefined
  find(slug: string): Promise<Place<Shown>>
  close(): void
}

interface Entry<Shown> {
  place: Place<Shown>
  /** When it has to be asked for again: the game's expiry, or the limit for what a lost notification could hide. */
  until: number
}

/** Deploys are announced; this only bounds how long a connection that died unnoticed can hide one. */
const trustedForMs = 60_000

/**
 * What stands at each slug, kept in memory and dropped as soon as the database announces a change, in every process.
 * `show` makes what a live game is answered with; it runs once for each deploy. Unknown slugs are kept too, but they
 * share the bound, so a scan of names evicts only what was not asked for lately.
 */
export function openGameDirectory<Shown extends { weightBytes: number }>(
  { db, listener, config }: Pick<HostDeps, 'db' | 'listener' | 'config'>,
  show: (row: LiveRow) => Promise<Shown>,
  maxBytes: number,
): GameDirectory<Shown> {
  const host = new URL(config.gamesOrigin).host
  const entries = new LRUCache<string, Entry<Shown>>({
    maxSize: maxBytes,
    sizeCalculation: ({ place }) => 200 + (place.kind === 'live' ? place.shown.weightBytes : 0),
  })
  const asking = new Map<string, Promise<Place<Shown>>>()

  const stops = [
    listener.on('sc_games', (payload) => {
      if (payload.startsWith(`${host}/`)) forget(payload.slice(host.length + 1))
      else if (payload.startsWith('@')) forgetStudio(payload.slice(1))
    }),
    listener.on('reconnected', () => {
      entries.clear()
      asking.clear()
    }),
  ]

  /** Also what is being asked for right now: the answer may be older than the change. */
  function forget(slug: string): void {
    entries.delete(slug)
    asking.delete(slug)
  }

  /** Seldom, so all are looked through. What is being asked for may be of that studio, too. */
  function forgetStudio(organizationId: string): void {
    for (const [slug, { place }] of entries.entries())
      if ('organizationId' in place && place.organizationId === organizationId) entries.delete(slug)
    asking.clear()
  }

  function known(slug: string): Place<Shown> | undefined {
    const entry = entries.get(slug)
    return entry && entry.until > Date.now() ? entry.place : undefined
  }

  /** Several requests share one look-up; its answer is kept unless the slug was forgotten meanwhile. */
  function ask(slug: string): Promise<Place<Shown>> {
    const mine = look(slug)
      .then((entry) => {
        if (asking.get(slug) === mine) entries.set(slug, entry)
        return entry.place
      })
      .finally(() => {
        if (asking.get(slug) === mine) asking.delete(slug)
      })
    asking.set(slug, mine)
    return mine
  }

  async function look(slug: string): Promise<Entry<Shown>> {
    const row = await resolveGame(db, host, slug)
    const now = Date.now()
    const until = now + trustedForMs
    if (!row) return { place: { kind: (await wasErased(db, host, slug)) ? 'erased' : 'unknown' }, until }
    const expiresAt = row.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(row.expiresAt)
    if (row.status === 'expired' || (row.status === 'active' && expiresAt <= now))
      return { place: { kind: 'expired', organizationId: row.organizationId }, until }
    if (row.slug !== slug)
      return { place: { kind: 'moved', organizationId: row.organizationId, slug: row.slug }, until }
    if (row.status !== 'active' || !isLive(row)) return { place: { kind: 'unknown' }, until }
    const { organizationId, urlId, projectId, buildId, digest, files } = row
    const bundle = { organizationId, digest, files }
    const place = {
      kind: 'live' as const,
      organizationId,
      slug,
      urlId,
      projectId,
      buildId,
      bundle,
      shown: await show(row),
    }
    return { place, until: Math.min(until, expiresAt) }
  }

  return {
    known,
    async find(slug) {
      if (!slugPattern.test(slug)) return { kind: 'unknown' }
      return known(slug) ?? asking.get(slug) ?? ask(slug)
    },
    close() {
      for (const stop of stops) stop()
    },
  }
}

function isLive(row: GameRow): row is LiveRow {
  return row.buildId !== null && row.digest !== null && row.files !== null && row.manifest !== null
}
