import { LOADED_TIMEOUT_MS, parseShellMessage, type GameMessage, type SavedGame, type ShellMessage } from '../bridge.ts'

export interface ShellLink {
  send(message: GameMessage): void
  /** Resolves with what the shell has saved, or with nothing saved if no shell answers in time. */
  load(): Promise<SavedGame>
}

const NOTHING_SAVED: SavedGame = { best: 0, muted: false }

/** Talks to the page around the game; opened by itself, a game sends nothing and hears nothing. */
export function connectShell(onMessage: (message: ShellMessage) => void): ShellLink {
  const shell = window.parent === window ? undefined : window.parent
  let onLoaded: ((saved: SavedGame) => void) | undefined

  window.addEventListener('message', (event) => {
    if (!shell || event.source !== shell) return
    const message = parseShellMessage(event.data)
    if (!message) return
    if (message.type === 'loaded') onLoaded?.({ best: message.best, muted: message.muted })
    else onMessage(message)
  })

  // The shell is on another origin than this frame's opaque one and no secret is sent, so any target origin is right.
  const send = (message: GameMessage) => shell?.postMessage(message, '*')
  return {
    send,
    load() {
      if (!shell) return Promise.resolve(NOTHING_SAVED)
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(NOTHING_SAVED), LOADED_TIMEOUT_MS)
        onLoaded = (saved) => {
          clearTimeout(timer)
          resolve(saved)
        }
        send({ v: 1, type: 'load' })
      })
    },
  }
}
