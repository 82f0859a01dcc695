import type { z } from 'zod'

/** What was being written and is kept on this device under `key`; null where there is nothing of its kind. */
export function readKept<T>(key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data ?? null
  } catch {
    // No storage in some private windows, or half a text: there is no draft then.
    return null
  }
}

/** Keeps it for the next time; null forgets it. */
export function writeKept(key: string, draft: unknown): void {
  try {
    if (draft === null) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Refused or full: the draft lasts as long as the page.
  }
}

const restOfKey = /^[0-9a-f-]{36}( \S+)?$/

/** All that is kept under `prefix`, which names a person, for one version or another. */
export function readAllKept<T>(prefix: string, schema: z.ZodType<T>): T[] {
  try {
    // A name may begin with somebody else's: only an id may follow it.
    const keys = Object.keys(localStorage).filter(
      (key) => key.startsWith(prefix) && restOfKey.test(key.slice(prefix.length)),
    )
    return keys.flatMap((key) => readKept(key, schema) ?? [])
  } catch {
    // As above.
    return []
  }
}
