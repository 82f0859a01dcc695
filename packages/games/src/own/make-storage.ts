import { MAX_STORE_ITEMS, MAX_STORE_LENGTH, type StoredItems } from './store-message.ts'

/**
 * A stand-in for `localStorage` (HTML Standard, 12.2): the methods, and items as properties. Values become texts, and
 * more than the bounds throws a `QuotaExceededError`, as a browser does. `onChange` hears of every real change.
 */
export function makeStorage(start: StoredItems, onChange: (items: StoredItems) => void): Storage {
  const items = new Map(Object.entries(start))
  let length = 0
  for (const [key, value] of items) length += key.length + value.length
  const changed = () => onChange(Object.fromEntries(items))

  function setItem(key: string, value: string): void {
    const before = items.get(key)
    if (before === value) return
    const next = length - (before === undefined ? 0 : key.length + before.length) + key.length + value.length
    if (next > MAX_STORE_LENGTH || (before === undefined && items.size >= MAX_STORE_ITEMS))
      throw new DOMException('The storage of this game is full.', 'QuotaExceededError')
    length = next
    items.set(key, value)
    changed()
  }
  function removeItem(key: string): void {
    const before = items.get(key)
    if (before === undefined) return
    length -= key.length + before.length
    items.delete(key)
    changed()
  }
  const methods: Record<string, unknown> = {
    getItem: (key: unknown) => items.get(String(key)) ?? null,
    setItem: (key: unknown, value: unknown) => setItem(String(key), String(value)),
    removeItem: (key: unknown) => removeItem(String(key)),
    key: (index: unknown) => [...items.keys()][Number(index)] ?? null,
    clear() {
      if (items.size === 0) return
      items.clear()
      length = 0
      changed()
    },
  }
  const own = (name: string | symbol): name is string => typeof name === 'string' && items.has(name)
  return new Proxy(methods, {
    get: (_target, name) =>
      name === 'length'
        ? items.size
        : name in methods
          ? methods[name as string]
          : own(name)
            ? items.get(name)
            : undefined,
    set(_target, name, value) {
      if (typeof name === 'string') setItem(name, String(value))
      return true
    },
    has: (_target, name) => name in methods || name === 'length' || own(name),
    deleteProperty(_target, name) {
      if (typeof name === 'string') removeItem(name)
      return true
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_target, name) =>
      own(name) ? { value: items.get(name), writable: true, enumerable: true, configurable: true } : undefined,
  }) as unknown as Storage
}
