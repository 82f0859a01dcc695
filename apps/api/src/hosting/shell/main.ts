import { connectGame } from './bridge.ts'
import { openCounter } from './counter.ts'
import { connectDriver } from './driver.ts'
import { forgetOffline, keepForOffline } from './offline.ts'
import { openOwnGame } from './own-game.ts'
import { openSaves } from './saves.ts'
import { SETTINGS_ID, type ShellSettings } from './settings.ts'

const settings = JSON.parse(element(SETTINGS_ID).textContent) as ShellSettings
const frame = element('game') as HTMLIFrameElement
const trouble = element('trouble')
const loading = element('loading')

const tellDriver = settings.drivenFrom === null ? undefined : connectDriver(frame, settings.drivenFrom)
connectGame(frame, openSaves(settings.saveKey), settings.live ? openCounter(settings.slug) : undefined, tellDriver)
element('again').addEventListener('click', () => void start())
void start()

/** Loads the game document and starts it in the sandbox, where it has neither storage nor this page's origin. */
async function start(): Promise<void> {
  trouble.hidden = true
  loading.hidden = false
  if (settings.starts === 'page') {
    openOwnGame(frame, settings, shown)
    return
  }
  try {
    const response = await fetch(settings.document)
    if (!response.ok) throw new Error(`The game document answered ${response.status}`)
    const html = await response.text()
    frame.addEventListener('load', shown, { once: true })
    frame.srcdoc = html
  } catch {
    // Whatever the reason, all a player can do is to try again; the page says so.
    loading.hidden = true
    trouble.hidden = false
  }
}

function shown(): void {
  loading.hidden = true
  frame.hidden = false
  // Keys work at once where the game has the window to itself; in a page of the studio they are somebody else's.
  if (window.parent === window) frame.focus()
  if (!settings.live) return
  if (settings.starts === 'page') {
    void forgetOffline(settings.slug)
    return
  }
  // The game runs; keeping it for later must neither delay nor disturb it. Private windows refuse it, which is their right.
  const tell = (offline: string) => (document.documentElement.dataset.offline = offline)
  keepForOffline(settings).then(
    () => tell('kept'),
    () => tell('refused'),
  )
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The shell lacks #${id}`)
  return found
}
