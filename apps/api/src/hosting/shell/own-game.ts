import { nameWithItems, parseItems, parseStoreMessage, type StoredItems } from '@sparkle/games/own/store-message'
import type { ShellSettings } from './settings.ts'

/** A game that keeps what it has 20 times a second, as our script in it does, stays below. */
const MESSAGES_PER_SECOND = 30

/**
 * Starts a studio's own game in the sandbox at its own address, with what it had kept, and keeps what it sends. Its pages
 * read their storage while they load, so it travels in the frame's name, which is there before any script.
 */
export function openOwnGame(
  frame: HTMLIFrameElement,
  { document: address, saveKey }: ShellSettings,
  shown: () => void,
) {
  const store = openStore(saveKey)
  let second = 0
  let heard = 0
  addEventListener('message', (event) => {
    if (event.source === null || event.source !== frame.contentWindow) return
    const message = parseStoreMessage(event.data)
    if (!message) return
    const now = Math.floor(performance.now() / 1000)
    heard = now === second ? heard + 1 : 1
    second = now
    if (heard <= MESSAGES_PER_SECOND) store.keep(message.items)
  })
  // A frame takes its name when it enters the page; seen before it loads, because a game measures its place as it starts.
  frame.name = nameWithItems(store.load())
  frame.src = address
  frame.hidden = false
  frame.parentNode?.insertBefore(frame, frame.nextSibling)
  frame.addEventListener('load', shown, { once: true })
}

/** By game, as the saves of our own templates are; a preview keeps nothing. */
function openStore(saveKey: string | null) {
  const name = saveKey === null ? null : `store:${saveKey}`
  return {
    load(): StoredItems {
      if (name === null) return {}
      try {
        return parseItems(localStorage.getItem(name) ?? '{}') ?? {}
      } catch {
        // Storage is refused here (private windows): the game begins anew.
        return {}
      }
    },
    keep(items: StoredItems): void {
      if (name === null) return
      try {
        localStorage.setItem(name, JSON.stringify(items))
      } catch {
        // Full or refused: the game goes on and keeps it for as long as the page is open.
      }
    },
  }
}
