import { LRUCache } from 'lru-cache'
import { createMemoryRosters } from './memory-rosters.ts'
import type { Shared } from './shared-state.ts'

interface Window {
  count: number
  endsAt: number
}

/** State shared by nobody: fit for a single process, which says so when it starts. */
export function createMemoryShared(): Shared {
  const values = new LRUCache<string, string>({ max: 50_000 })
  const windows = new LRUCache<string, Window>({ max: 100_000 })
  const channels = new Map<string, Set<(message: string) => void>>()

  return {
    kind: 'memory',
    ...createMemoryRosters(),
    get: async (key) => values.get(key),
    async set(key, value, ttlSeconds) {
      values.set(key, value, { ttl: ttlSeconds * 1000 })
    },
    async delete(key) {
      values.delete(key)
      windows.delete(key)
    },
    async count(key, windowSeconds) {
      const now = Date.now()
      const running = windows.get(key)
      const window = running && running.endsAt > now ? running : { count: 0, endsAt: now + windowSeconds * 1000 }
      window.count += 1
      windows.set(key, window)
      return { count: window.count, remainingMs: window.endsAt - now }
    },
    async publish(channel, message) {
      // Later, as from a server: a handler's fault must not become the publisher's.
      for (const handler of channels.get(channel) ?? []) queueMicrotask(() => handler(message))
    },
    async subscribe(channel, handler) {
      const handlers = channels.get(channel) ?? new Set()
      channels.set(channel, handlers.add(handler))
      return async () => {
        handlers.delete(handler)
        if (handlers.size === 0) channels.delete(channel)
      }
    },
    probe: async () => undefined,
    async close() {
      values.clear()
      windows.clear()
      channels.clear()
    },
  }
}
