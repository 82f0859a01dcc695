// One worker for the whole studio: it keeps the app's own files for times without a network, and shows push messages.
// It never answers for the API: what people see of each other's data comes from the network or not at all.

/** What the build is made of: its shell, needed at every start, and all its files. Filled in by `vite-worker.ts`. */
const { version, shell, files } = self.BUILD
const shellCache = `shell-${version}`
const fileCache = 'files'
/** A page that does not come in this time is opened from the shell: a phone in a tunnel has a network and no answers. */
const patienceMs = 4000

self.addEventListener('install', (event) => event.waitUntil(keepShell()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()))

async function keepShell() {
  const pages = await caches.open(shellCache)
  await pages.add(new Request('/', { cache: 'reload', credentials: 'omit', headers: { accept: 'text/html' } }))
  const kept = await caches.open(fileCache)
  const missing = []
  for (const file of shell) if (!(await kept.match(file))) missing.push(file)
  await kept.addAll(missing)
}

/** Files of builds that no page can ask for any more. */
async function forgetOthers() {
  for (const name of await caches.keys())
    if (name.startsWith('shell-') && name !== shellCache) await caches.delete(name)
  const current = new Set(files)
  const kept = await caches.open(fileCache)
  for (const request of await kept.keys()) if (!current.has(new URL(request.url).pathname)) await kept.delete(request)
  await self.clients.claim()
}

// A new worker waits until the person lets it begin, so that no page loses the files that it still needs.
self.addEventListener('message', (event) => {
  if (event.data === 'begin') event.waitUntil(self.skipWaiting())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(pageOf(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(fileOf(event))
})

async function pageOf(request) {
  // Only until the page begins to come: its body may take as long as the network needs.
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), patienceMs)
  try {
    return await fetch(request, { signal: patience.signal })
  } catch {
    const kept = await (await caches.open(shellCache)).match('/')
    return kept ?? Response.error()
  } finally {
    clearTimeout(timer)
  }
}

/** Names of files say what is in them: what is kept is never old. */
async function fileOf(event) {
  const { request } = event
  const kept = await caches.open(fileCache)
  const known = await kept.match(request)
  if (known) return known
  const reply = await fetch(request)
  // Beside the reply: where storage is full, the page gets its file all the same.
  if (reply.ok) event.waitUntil(keep(kept, request, reply.clone()))
  return reply
}

async function keep(kept, request, reply) {
  try {
    await kept.put(request, reply)
  } catch {
    // Storage that is full or refused is no fault: the network is asked again next time.
  }
}

self.addEventListener('push', (event) => {
  if (!event.data) return
  const { title, body, url, tag } = event.data.json()
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/icons/app-192.png', data: { url } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.url))
})

/** In a window of the studio that is open already, else in a new one; never outside the studio. */
async function open(address) {
  const url = new URL(address, self.location.origin)
  if (url.origin !== self.location.origin) return
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [there] = windows.filter((one) => new URL(one.url).pathname === url.pathname)
  if (!there) {
    await self.clients.openWindow(url.href)
    return
  }
  await there.focus()
  // The same page may show something else: another tab of it, another message.
  if (there.url !== url.href) await there.navigate(url.href).catch(() => self.clients.openWindow(url.href))
}
