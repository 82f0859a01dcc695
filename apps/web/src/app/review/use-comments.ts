import type { CommentView } from '@sparkle/shared/comments'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { commentQueries, useMarkRead } from '../../features/comments/api.ts'
import { allOf } from '../../features/comments/threads.ts'
import type { Reader } from './reader.ts'

const none: CommentView[] = []
/** Long enough to have looked, short enough to have been there. */
const readAfterMs = 1500

/**
 * The threads of a version. What was new when it came into sight stays marked until the page is left, while the API is
 * told that it was read; what comes in meanwhile is said aloud.
 */
export function useComments(versionId: string, reader: Reader, inSight: boolean, say: (words: string) => void) {
  const t = useTranslations('comments')
  const common = useTranslations('common')
  const query = useQuery({ ...commentQueries.ofVersion(versionId), enabled: reader.mayRead })
  const threads = query.data ?? none
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const [known, setKnown] = useState<{ ids: ReadonlySet<string>; arrived: string | null }>()
  const markRead = useMarkRead(versionId)

  // Derived while rendering, as React advises, so that a mark never flashes by.
  const all = allOf(threads)
  const unread = all.filter((one) => one.unread && !fresh.has(one.id))
  if (unread.length > 0) setFresh(new Set([...fresh, ...unread.map(({ id }) => id)]))
  if (query.data && (known === undefined || all.some(({ id }) => !known.ids.has(id)))) {
    const newest = known && all.findLast(({ id, author }) => !known.ids.has(id) && author.userId !== reader.userId)
    const given = newest ? (newest.author.name ?? t('somebody')) : ''
    const name = newest?.author.side === 'guest' ? common('guestNamed', { name: given }) : given
    const words = newest ? t(newest.parentId ? 'arrivedReply' : 'arrived', { name }) : null
    setKnown({ ids: new Set(all.map(({ id }) => id)), arrived: words })
  }

  const speak = useEffectEvent(say)
  useEffect(() => {
    if (known?.arrived) speak(known.arrived)
  }, [known])

  const read = useEffectEvent((upTo: string) => markRead.mutate(upTo))
  // What comes in while the page is open counts as unread in turn: each newest one is a reason to tell the API again.
  const newestUnread = all.reduce<string | null>(
    (newest, one) => (one.unread && (newest === null || one.createdAt > newest) ? one.createdAt : newest),
    null,
  )
  useEffect(() => {
    if (!inSight || newestUnread === null) return
    const timer = setTimeout(() => read(newestUnread), readAfterMs)
    return () => clearTimeout(timer)
  }, [inSight, newestUnread])

  return { query, threads, fresh }
}
