import type { CommentView } from '@sparkle/shared/comments'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useLocation, type Location } from 'react-router-dom'
import { threadOf } from '../../features/comments/threads.ts'

const prefix = '#comment-'

/**
 * Opens what `#comment-<id>` names, once the comments are there; again when the same link is followed again, but not when
 * Back closes what it had opened.
 */
export function useLinkedComment(
  threads: readonly CommentView[] | undefined,
  open: (thread: CommentView, id: string) => void,
) {
  const location = useLocation()
  const loaded = threads !== undefined
  const followed = useRef<string | null>(null)
  const follow = useEffectEvent(({ hash, key }: Location) => {
    if (!hash.startsWith(prefix) || followed.current === key) return
    const id = hash.slice(prefix.length)
    const thread = threadOf(threads ?? [], id)
    if (!thread) return
    followed.current = key
    open(thread, id)
  })
  useEffect(() => {
    if (loaded) follow(location)
  }, [location, loaded])
}

/** A panel that opens or a filter that changes is drawn within so many frames. */
const mostFrames = 30

/** Brings a comment into sight and gives it the focus, once it is drawn. */
export function focusComment(id: string, frames = mostFrames): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(`comment-${id}`)
    if (!element && frames > 0) focusComment(id, frames - 1)
    element?.scrollIntoView({ block: 'nearest' })
    element?.focus({ preventScroll: true })
  })
}
