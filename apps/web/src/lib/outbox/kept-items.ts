/**
 * Items that outlive the page. Each has a place of its own in the device's storage, so that two tabs that write at once
 * never overwrite each other's.
 */
export interface KeptItems<Item> {
  read: () => Item[]
  put: (item: Item) => void
  remove: (key: string) => void
}

/** The items under `prefix`. `check` answers null for what is none, which is then left out. */
export function keptItems<Item extends { key: string }>(
  prefix: string,
  check: (value: unknown) => Item | null,
): KeptItems<Item> {
  // Storage is refused in some private windows, or full: what it does not take lasts as long as the page.
  const held = new Map<string, Item>()
  const stored = () => {
    try {
      return Object.keys(localStorage).flatMap((place) =>
        place.startsWith(prefix) ? (check(parse(localStorage.getItem(place))) ?? []) : [],
      )
    } catch {
      return []
    }
  }
  return {
    // What is held is newer than what is stored under the same key.
    read: () => [...stored().filter(({ key }) => !held.has(key)), ...held.values()],
    put(item) {
      try {
        localStorage.setItem(prefix + item.key, JSON.stringify(item))
        held.delete(item.key)
      } catch {
        held.set(item.key, item)
      }
    },
    remove(key) {
      held.delete(key)
      try {
        localStorage.removeItem(prefix + key)
      } catch {
        // Nothing is stored where storage is refused.
      }
    },
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch (error) {
    // Half a text, or somebody else's.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
