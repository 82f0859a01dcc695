import type { ShellSettings } from './settings.ts'

/** A studio's own game plays online only; what an earlier build left here would show in its stead where there is no net. */
export async function forgetOffline(slug: string): Promise<void> {
  if ('caches' in window) await caches.delete(`game:${slug}`)
}

/**
 * Keeps the game for playing offline: the worker answers from this cache, the page fills it. Everything the page needs is
 * stored before the page itself, and only then is the last build's copy dropped, so that an interrupted update leaves the
 * game that was there. A deploy in between is noticed and left to the next visit.
 */
export async function keepForOffline({ slug, document: game, extras }: ShellSettings): Promise<void> {
  if (!('serviceWorker' in navigator) || !('caches' in window)) return
  const page = `/${slug}/`
  await navigator.serviceWorker.register(`${page}sw.js`, { scope: page, updateViaCache: 'none' })

  const cache = await caches.open(`game:${slug}`)
  const shell = await fetch(page, { cache: 'no-cache' })
  if (!shell.ok || shell.redirected || !(await shell.clone().text()).includes(game)) return
  if (!(await cache.match(game))) await cache.add(game)
  await Promise.all(extras.map((address) => cache.add(address)))
  await cache.put(page, shell)

  const needed = new Set([page, game, ...extras].map((address) => new URL(address, location.href).href))
  const stale = (await cache.keys()).filter(({ url }) => !needed.has(url))
  await Promise.all(stale.map((request) => cache.delete(request)))
}
