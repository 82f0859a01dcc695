import { Redis } from 'ioredis'
import { createRedisRosters } from './redis-rosters.ts'
import type { Shared } from './shared-state.ts'

export interface RedisSharedOptions {
  url: string
  /** In front of every key and channel, so that several installations can share one server. */
  prefix?: string
  /** Told of every lost connection; the client reconnects by itself. */
  onError(error: Error): void
}

/** Counts and starts the window in one step: a process that dies between the two would leave a key that never ends. */
const countScript = `
local count = redis.call('INCR', KEYS[1])
local remaining = redis.call('PTTL', KEYS[1])
if remaining < 0 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
  remaining = tonumber(ARGV[1])
end
return {count, remaining}`

/** State shared by all processes through Redis. A command fails after two seconds instead of waiting for the server. */
export function createRedisShared({ url, prefix = 'sc:', onError }: RedisSharedOptions): Shared {
  const options = { connectTimeout: 2000, commandTimeout: 2000, maxRetriesPerRequest: 1 }
  const client = new Redis(url, options)
  // A connection that listens may do nothing else, and waits for ever for its server to come back.
  const listening = new Redis(url, { connectTimeout: 2000, maxRetriesPerRequest: null, autoResubscribe: true })
  const channels = new Map<string, Set<(message: string) => void>>()
  for (const connection of [client, listening]) connection.on('error', onError)
  listening.on('message', (channel: string, message: string) => {
    for (const handler of channels.get(channel) ?? []) handler(message)
  })

  return {
    kind: 'redis',
    ...createRedisRosters(client, prefix),
    get: async (key) => (await client.get(prefix + key)) ?? undefined,
    async set(key, value, ttlSeconds) {
      await client.set(prefix + key, value, 'PX', Math.round(ttlSeconds * 1000))
    },
    async delete(key) {
      await client.del(prefix + key)
    },
    async count(key, windowSeconds) {
      const windowMs = Math.round(windowSeconds * 1000)
      const [count, remainingMs] = (await client.eval(countScript, 1, prefix + key, windowMs)) as [number, number]
      return { count, remainingMs }
    },
    async publish(channel, message) {
      await client.publish(prefix + channel, message)
    },
    async subscribe(channel, handler) {
      const name = prefix + channel
      const handlers = channels.get(name) ?? new Set()
      channels.set(name, handlers.add(handler))
      await listening.subscribe(name)
      return async () => {
        handlers.delete(handler)
        if (handlers.size > 0 || channels.get(name) !== handlers) return
        channels.delete(name)
        await listening.unsubscribe(name)
      }
    },
    async probe() {
      await client.ping()
    },
    async close() {
      client.disconnect()
      listening.disconnect()
    },
  }
}
