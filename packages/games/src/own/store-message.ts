/**
 * What a studio's own game keeps: the pairs of its `localStorage`, which a sandboxed page does not have. The shell hands
 * them over in the frame's name before the game starts, because a game reads its storage while it loads; the stand-in in
 * the game (`storage.ts`) sends all of them back whenever they change.
 */
export type StoredItems = Record<string, string>

export interface StoreMessage {
  v: 1
  type: 'store'
  items: StoredItems
}

/** UTF-16 units of all keys and values together: what one game may keep. */
export const MAX_STORE_LENGTH = 256 * 1024
export const MAX_STORE_ITEMS = 500

const PREFIX = 'sparkle-store:'

export function nameWithItems(items: StoredItems): string {
  return PREFIX + JSON.stringify(items)
}

/** Nothing kept, where the name is not of ours. */
export function itemsOfName(name: string): StoredItems {
  return name.startsWith(PREFIX) ? (parseItems(name.slice(PREFIX.length)) ?? {}) : {}
}

/** Reads a message from a game. Undefined for all that is not exactly a `StoreMessage` within the bounds. */
export function parseStoreMessage(data: unknown): StoreMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const read = (field: string): unknown => Object.getOwnPropertyDescriptor(data, field)?.value
  if (read('v') !== 1 || read('type') !== 'store') return undefined
  const items = readItems(read('items'))
  return items && { v: 1, type: 'store', items }
}

export function parseItems(text: string): StoredItems | undefined {
  try {
    return readItems(JSON.parse(text))
  } catch {
    // Not JSON: nothing of ours lies here.
    return undefined
  }
}

/** A copy of plain pairs of texts, without a prototype, so that a key may be called anything. */
function readItems(value: unknown): StoredItems | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const pairs = Object.entries(value)
  if (pairs.length > MAX_STORE_ITEMS) return undefined
  const items: StoredItems = Object.create(null) as StoredItems
  let length = 0
  for (const [key, text] of pairs) {
    if (typeof text !== 'string') return undefined
    length += key.length + text.length
    if (length > MAX_STORE_LENGTH) return undefined
    items[key] = text
  }
  return items
}
