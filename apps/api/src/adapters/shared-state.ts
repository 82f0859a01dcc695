/** What several processes share but may lose at any time: counters of rate limits, small caches, presence. */
export interface Shared {
  readonly kind: 'memory' | 'redis'
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
  delete(key: string): Promise<void>
  /** Counts up and answers the count within the running window and the window's remaining milliseconds. */
  count(key: string, windowSeconds: number): Promise<{ count: number; remainingMs: number }>
  /** Notes that `holder` keeps a name in a roster for so long. Answers whether nobody kept it there before. */
  enter(roster: string, name: string, holder: string, ttlSeconds: number): Promise<boolean>
  /** Starts the holder's time for these names anew. */
  keep(roster: string, names: readonly string[], holder: string, ttlSeconds: number): Promise<void>
  /** Takes it back. Answers whether nobody keeps the name there any more, and the holder was the last one. */
  leave(roster: string, name: string, holder: string): Promise<boolean>
  /** The names that somebody keeps in a roster right now, in no order. */
  present(roster: string): Promise<string[]>
  /** The names whose last holder has let their time run out; each is answered once, to whoever asks first. */
  lapsed(roster: string): Promise<string[]>
  publish(channel: string, message: string): Promise<void>
  subscribe(channel: string, handler: (message: string) => void): Promise<() => Promise<void>>
  probe(): Promise<void>
  close(): Promise<void>
}
