// The service worker of one game's address, scope `/{slug}/`. It only answers; the page fills the cache (shell/offline.ts).
const worker = globalThis as unknown as ServiceWorkerGlobalScope

const page = new URL(worker.registration.scope).pathname
const cacheName = `game:${page.slice(1, -1)}`
/** On a connection this slow, the game that is kept is the better answer. */
const PATIENCE_MS = 4000
/** A bundle's files never change under their address. */
const BUNDLES = '/_b/'

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (pathname.startsWith(BUNDLES)) event.respondWith(keptFirst(request))
  else if (pathname.startsWith(page)) event.respondWith(freshFirst(request))
})

async function keptFirst(request: Request): Promise<Response> {
  return (await kept(request)) ?? fetch(request)
}

/** The network's answer, so that a deploy shows on the next visit; what is kept where there is none in time. */
async function freshFirst(request: Request): Promise<Response> {
  const known = await kept(request)
  if (!known) return fetch(request)
  try {
    const fresh = await fetchInTime(request)
    // Gone from its address: a copy must not outlive it.
    if (request.mode === 'navigate' && (fresh.status === 404 || fresh.status === 410))
      await worker.caches.delete(cacheName)
    return fresh.status >= 500 ? known : fresh
  } catch {
    // Offline or too slow, which is what the copy is for.
    return known
  }
}

/** The limit is for the answer's head: a body that has begun to come is not cut off. */
async function fetchInTime(request: Request): Promise<Response> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  try {
    return await fetch(request, { signal: patience.signal })
  } finally {
    clearTimeout(timer)
  }
}

async function kept(request: Request): Promise<Response | undefined> {
  const cache = await worker.caches.open(cacheName)
  return cache.match(request, { ignoreSearch: request.mode === 'navigate', ignoreVary: true })
}
