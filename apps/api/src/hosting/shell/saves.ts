import { parseGameMessage, type SavedGame } from '@sparkle/games/bridge'

export interface Saves {
  load(): SavedGame
  /** Keeps it; the best score only ever grows, also when the game is open in two tabs. */
  keep(saved: SavedGame): void
}

/**
 * One game's saves. They belong to the game and not to its address or build, so a redeploy and a rename leave them alone.
 * Only the two bounded fields of a `SavedGame` are ever stored. Where storage is refused (private windows, blocked
 * third parties) they last as long as the page.
 */
export function openSaves(key: string | null): Saves {
  const name = key === null ? null : `save:${key}`
  let current: SavedGame = { best: 0, muted: false }

  function read(): SavedGame {
    if (name === null) return current
    try {
      const message = parseGameMessage({ ...JSON.parse(localStorage.getItem(name) ?? '{}'), v: 1, type: 'save' })
      return message?.type === 'save' ? { best: Math.max(message.best, current.best), muted: message.muted } : current
    } catch {
      // No storage here, or something else lies under the name: what this page knows is all there is.
      return current
    }
  }

  return {
    load: () => (current = read()),
    keep({ best, muted }) {
      current = { best: Math.max(best, read().best), muted }
      if (name === null) return
      try {
        localStorage.setItem(name, JSON.stringify(current))
      } catch {
        // Full or refused: the game goes on, and `current` remembers for as long as the page is open.
      }
    },
  }
}
