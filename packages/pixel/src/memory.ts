/** Values by key, of which the `most` latest used are kept. Without `make` it only looks. */
export function createMemory<T>(most: number) {
  const values = new Map<string, { value: T }>()
  function recall(key: string): T | undefined
  function recall(key: string, make: () => T): T
  function recall(key: string, make?: () => T): T | undefined {
    const known = values.get(key) ?? (make && { value: make() })
    if (!known) return undefined
    values.delete(key)
    values.set(key, known)
    const [oldest] = values.keys()
    if (values.size > most && oldest !== undefined) values.delete(oldest)
    return known.value
  }
  return recall
}

/** Twice what the longest recipe has. */
const rememberedNames = 2500

/**
 * A short name for each content: while it is remembered, equal JSON has an equal name, and different JSON never has. An
 * object seen before is not read again, so it must not be changed.
 */
export function createInterner(): (value: object | null) => string {
  const byContent = createMemory<string>(rememberedNames)
  const byIdentity = new WeakMap<object, string>()
  let count = 0
  return (value) => {
    const known = value && byIdentity.get(value)
    if (known) return known
    const name = byContent(JSON.stringify(value), () => String(count++))
    if (value) byIdentity.set(value, name)
    return name
  }
}
