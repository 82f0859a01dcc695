import { LRUCache } from 'lru-cache'

/** Counts calls by address in fixed windows, in this process only; the most recent `max` addresses are watched. */
export function createAddressLimit({ most, windowSeconds }: { most: number; windowSeconds: number }) {
  const counts = new LRUCache<string, { count: number; endsAt: number }>({ max: 20_000 })
  /** Seconds to wait, or 0 where the call is within the limit. */
  return (address: string, now = Date.now()): number => {
    const window = counts.get(address)
    if (!window || window.endsAt <= now) {
      counts.set(address, { count: 1, endsAt: now + windowSeconds * 1000 })
      return 0
    }
    window.count += 1
    return window.count <= most ? 0 : Math.ceil((window.endsAt - now) / 1000)
  }
}
