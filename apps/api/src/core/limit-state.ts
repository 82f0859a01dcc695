/** Counters and marks of limits: shared by all processes, and by each for itself while the shared state is away. */
export interface LimitState {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
  delete(key: string): Promise<void>
  /** Counts up and answers the count within the running window and the window's remaining milliseconds. */
  count(key: string, windowSeconds: number): Promise<{ count: number; remainingMs: number }>
}
