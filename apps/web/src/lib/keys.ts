const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'Dead', 'Unidentified'])

/**
 * How an event is written in `keys`: `c`, `?`, `escape`, `mod+k`. Shift is not named, since it is already in the
 * character. Null for a lone modifier and for combinations that belong to the system.
 */
export function comboOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string | null {
  if (modifierKeys.has(event.key) || event.altKey) return null
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key
}

/** Whether a letter pressed here belongs to what has the focus: a field, a menu, a dialog. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input, textarea, select, [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]',
    ) !== null
  )
}

/**
 * The action that the pressed combinations complete, or the combinations to remember while a longer one may still come.
 * Falls back to the last combination alone, so that a wrong first key does not swallow the next.
 */
export function matchKeys<T extends { keys?: string }>(
  actions: readonly T[],
  pressed: string[],
): { action: T | null; rest: string[] } {
  const typed = pressed.join(' ')
  const action = actions.findLast(({ keys }) => keys === typed)
  if (action) return { action, rest: [] }
  if (actions.some(({ keys }) => keys?.startsWith(`${typed} `))) return { action: null, rest: pressed }
  return pressed.length > 1 ? matchKeys(actions, pressed.slice(-1)) : { action: null, rest: [] }
}
