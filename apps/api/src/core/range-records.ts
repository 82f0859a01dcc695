import type { LimitState } from './limit-state.ts'

/**
 * Puts a download on record by `record`, and one that is cut into ranges once: a request for a part is not recorded again
 * within `ttlSeconds` of a recorded one under the same key. Whoever asks for the whole is always recorded. The mark is set
 * afterwards, so that what failed to be recorded is recorded by the next request.
 */
export async function recordRanges(
  limits: Pick<LimitState, 'get' | 'set'>,
  { range, key, ttlSeconds }: { range: string | undefined; key: string; ttlSeconds: number },
  record: () => Promise<void>,
): Promise<void> {
  const mark = `downloaded:${key}`
  if (range !== undefined && (await limits.get(mark)) !== undefined) return
  await record()
  await limits.set(mark, '1', ttlSeconds)
}
