// Shows push messages and leads to what they are about. It answers no requests, so it never stands between page and API.
self.addEventListener('push', (event) => {
  if (!event.data) return
  const { title, body, url, tag } = event.data.json()
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/favicon.svg', data: { url } }))
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
  if (there) await there.focus()
  else await self.clients.openWindow(url.href)
}
