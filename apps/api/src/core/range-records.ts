import type { LimitState } from './limit-state.ts'

/**
 * Puts a download on record, and one that is cut into ranges once: a request for a part is not recorded again within
 * `ttlSeconds` of a recorded one under the same key. Whoever asks for the whole is always recorded. The mark is set after
 * `work`, so that what failed to be recorded is recorded by the next request.
 */
export async function recordRanges<T>(
  limits: Pick<LimitState, 'get' | 'set'>,
  { range, key, ttlSeconds }: { range: string | undefined; key: string; ttlSeconds: number },
  work: (isRecorded: boolean) => Promise<T>,
): Promise<T> {
  const mark = `downloaded:${key}`
  const isRecorded = range !== undefined && (await limits.get(mark)) !== undefined
  const done = await work(isRecorded)
  if (!isRecorded) await limits.set(mark, '1', ttlSeconds)
  return done
}
