import { LRUCache } from 'lru-cache'
import { findHostingPage } from '../db/system-games.ts'
import type { HostDeps } from './host-deps.ts'
import type { Representation } from './http/representation.ts'
import { type FriendlyPages, studioPage } from './pages/friendly-page.ts'
import type { ShellAssets } from './shell-assets.ts'

export interface StudioPages {
  /** The page for a game that is not there (404) or no longer (410), in the words of the studio where it has some. */
  find(organizationId: string, kind: 'missing' | 'expired'): Promise<Representation>
  close(): void
}

const trustedForMs = 60_000

/** Made when first needed, kept for as long as a lost notification may hide a change, dropped when one is announced. */
export function openStudioPages(
  { db, listener }: Pick<HostDeps, 'db' | 'listener'>,
  assets: ShellAssets,
  friendly: FriendlyPages,
): StudioPages {
  const pages = new LRUCache<string, Promise<Record<'missing' | 'expired', Representation>>>({
    max: 2000,
    ttl: trustedForMs,
  })
  const stops = [
    listener.on('sc_games', (payload) => {
      if (payload.startsWith('@')) pages.delete(payload.slice(1))
    }),
    listener.on('reconnected', () => pages.clear()),
  ]

  async function make(organizationId: string) {
    const words = await findHostingPage(db, organizationId)
    if (!words?.message && !words?.linkUrl) return friendly
    const [missing, expired] = await Promise.all([
      studioPage(assets, 'missing', words),
      studioPage(assets, 'expired', words),
    ])
    return { missing, expired }
  }

  return {
    async find(organizationId, kind) {
      const known = pages.get(organizationId)
      if (known) return (await known)[kind]
      const made = make(organizationId)
      pages.set(organizationId, made)
      try {
        return (await made)[kind]
      } catch (error) {
        if (pages.peek(organizationId) === made) pages.delete(organizationId)
        throw error
      }
    },
    close() {
      for (const stop of stops) stop()
    },
  }
}
