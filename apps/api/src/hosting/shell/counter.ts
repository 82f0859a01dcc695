export interface Counter {
  /** A play began; `play` counts them within this page, from 1. */
  start(play: number): void
  finish(play: number, score: number, seconds: number): void
}

/**
 * Tells the host that somebody looks and plays, or is silent where the visitor asks not to be tracked. `loadId` is made
 * anew for each page load and kept nowhere; a replay within the page carries its own, so that it counts as a play.
 */
export function openCounter(slug: string): Counter | undefined {
  if (wantsPrivacy()) return undefined
  const loadId = randomId()
  const ofPlay = (play: number) => (play === 1 ? loadId : `${loadId}-${play}`)

  const tell = (type: string, more: object = {}, id = loadId) => {
    if (navigator.onLine) navigator.sendBeacon('/_e', JSON.stringify({ loadId: id, slug, type, ...more }))
  }

  // A page that was only prerendered or opened in the background has not been viewed yet.
  whenVisible(() => tell('view', { referrer: referrerHost() }))
  // Told whenever the page goes out of sight, since a phone often ends it without another word; the longest time counts.
  const visibleSeconds = countVisibleSeconds()
  const tellVisible = () => tell('visible', { seconds: visibleSeconds() })
  addEventListener('pagehide', tellVisible)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') tellVisible()
  })

  return {
    start: (play) => tell('start', {}, ofPlay(play)),
    finish: (play, score, seconds) => tell('finish', { score, seconds }, ofPlay(play)),
  }
}

/** Do Not Track and its successor, Global Privacy Control. */
function wantsPrivacy(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as {
    globalPrivacyControl?: boolean
    doNotTrack?: string | null
  }
  return globalPrivacyControl === true || doNotTrack === '1' || doNotTrack === 'yes'
}

/** 132 random bits as 22 letters of base64url. */
function randomId(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => letters[byte & 63]).join('')
}

/** The host name of the page that led here, if it is not of this place. */
function referrerHost(): string | undefined {
  if (!URL.canParse(document.referrer)) return undefined
  const { hostname } = new URL(document.referrer)
  return hostname === location.hostname || hostname === '' ? undefined : hostname
}

function whenVisible(act: () => void): void {
  if (document.visibilityState === 'visible') return act()
  const look = () => {
    if (document.visibilityState !== 'visible') return
    document.removeEventListener('visibilitychange', look)
    act()
  }
  document.addEventListener('visibilitychange', look)
}

function countVisibleSeconds(): () => number {
  let total = 0
  let since = document.visibilityState === 'visible' ? performance.now() : undefined
  const settle = () => {
    if (since !== undefined) total += performance.now() - since
    since = document.visibilityState === 'visible' ? performance.now() : undefined
  }
  document.addEventListener('visibilitychange', settle)
  return () => {
    settle()
    return Math.min(86_400, Math.round(total / 1000))
  }
}
