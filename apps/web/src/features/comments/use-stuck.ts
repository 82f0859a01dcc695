import { useState } from 'react'
import { useCommentOutbox } from './comment-outbox.tsx'

/** How many comments on a version wait for the connection; none while they are merely on their way. */
export function useStuck(versionId: string): number {
  const { waiting, sending } = useCommentOutbox(versionId)
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set())
  const left = waiting.filter(({ refused }) => refused === null)
  // Tried in vain once, it counts while it is tried again, so that the number does not come and go.
  const news = left.filter(({ key, triedAt }) => triedAt !== null && key !== sending && !failed.has(key))
  if (news.length > 0) setFailed(new Set([...failed, ...news.map(({ key }) => key)]))
  return left.some(({ key }) => failed.has(key)) ? left.length : 0
}
