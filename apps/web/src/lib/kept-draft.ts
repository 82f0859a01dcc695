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
