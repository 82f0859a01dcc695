import { parseShellMessage, type GameMessage, type ShellMessage } from '@sparkle/games/bridge'

/** A page that compares two games steps them with every frame of a fast screen. */
const MESSAGES_PER_SECOND = 150

/** What a page around a preview may ask of its game; what is saved stays this shell's own business. */
const driven: ReadonlySet<ShellMessage['type']> = new Set(['pause', 'resume', 'mute', 'freeze', 'replay', 'advance'])
/** What it hears of the game. */
const told: ReadonlySet<GameMessage['type']> = new Set(['ready', 'state', 'finish', 'frozen', 'replaying', 'replayed'])

/**
 * Lets the page around a preview drive its game: a review stops at a moment, and comes back to one. Only the window that
 * holds this page is heard, and only while it is of the studio's own origin; what it hears is sent to that origin alone.
 * Answers how to tell it what the game says.
 */
export function connectDriver(frame: HTMLIFrameElement, origin: string): (message: GameMessage) => void {
  if (window.parent === window) return () => undefined
  let second = 0
  let heard = 0
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== origin) return
    const now = Math.floor(performance.now() / 1000)
    heard = now === second ? heard + 1 : 1
    second = now
    if (heard > MESSAGES_PER_SECOND) return
    const message = parseShellMessage(event.data)
    if (!message || !driven.has(message.type)) return
    // The keys are the game's again.
    if (message.type === 'resume') frame.focus()
    frame.contentWindow?.postMessage(message, '*')
  })
  return (message) => {
    if (told.has(message.type)) window.parent.postMessage(message, origin)
  }
}
