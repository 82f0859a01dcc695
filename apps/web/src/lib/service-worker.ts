/** The one worker of the studio: app shell and push. */
export const workerPath = '/service-worker.js'
const lookAgainMs = 60 * 60_000

/**
 * Installs the worker and calls back when a newer version of the app waits to begin; `begin` lets it, and loads the page
 * anew. Returns the end of the looking. Nothing happens where there is no worker to be had (plain http, some private windows).
 */
export function keepInstalled(onNewVersion: (begin: () => void) => void): () => void {
  const { serviceWorker } = navigator as Partial<Navigator>
  if (!serviceWorker) return () => undefined
  let over = false
  let registration: ServiceWorkerRegistration | undefined
  let asked: ServiceWorker | null = null

  const offer = () => {
    const waiting = registration?.waiting
    // The very first worker has nobody to take over from, and a version is offered once.
    if (over || !waiting || waiting === asked || !serviceWorker.controller) return
    asked = waiting
    onNewVersion(() => {
      serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      waiting.postMessage('begin', {})
    })
  }
  const look = () => {
    if (document.visibilityState === 'visible') void registration?.update().catch(ignoreOffline)
  }
  void serviceWorker
    .register(workerPath)
    .then((made) => {
      registration = made
      made.addEventListener('updatefound', () => made.installing?.addEventListener('statechange', offer))
      offer()
    })
    .catch((error: unknown) => console.warn('The app cannot be kept for times without a network.', error))
  const timer = setInterval(look, lookAgainMs)
  document.addEventListener('visibilitychange', look)
  return () => {
    over = true
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
}

/** Without a network there is no newer version either. */
function ignoreOffline(error: unknown): void {
  if (navigator.onLine) console.warn('A newer version could not be looked for.', error)
}
