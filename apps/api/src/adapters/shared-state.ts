/** What several processes share but may lose at any time: counters of rate limits, small caches, presence. */
export interface Shared {
  readonly kind: 'memory' | 'redis'
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
  delete(key: string): Promise<void>
  /** Counts up and answers the count within the running window and the window's remaining milliseconds. */
  count(key: string, windowSeconds: number): Promise<{ count: number; remainingMs: number }>
  publish(channel: string, message: string): Promise<void>
  subscribe(channel: string, handler: (message: string) => void): Promise<() => Promise<void>>
  probe(): Promise<void>
  close(): Promise<void>
}
