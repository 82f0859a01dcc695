import { useState } from 'react'

/**
 * State that survives a reload, for small habits of one person on one device (a collapsed rail, a chosen view). Never
 * for data of the studio. `read` checks what was stored, since an older version may have written it.
 */
export function useStored<T extends string>(key: string, initial: T, read: (value: string) => value is T) {
  const [value, setValue] = useState<T>(() => {
    try {
      const stored = localStorage.getItem(key)
      return stored !== null && read(stored) ? stored : initial
    } catch {
      // Storage is refused in some private windows: the habit then lasts as long as the page.
      return initial
    }
  })
  const store = (next: T) => {
    setValue(next)
    try {
      localStorage.setItem(key, next)
    } catch {
      // As above.
    }
  }
  return [value, store] as const
}
