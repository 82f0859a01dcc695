import type { CommentView } from '@sparkle/shared/comments'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useLocation, type Location } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { commentQueries } from '../../features/comments/api.ts'
import { threadOf } from '../../features/comments/threads.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'

const prefix = '#comment-'

/**
 * Opens what `#comment-<id>` names, once the comments are there; again when the same link is followed again, but not when
 * Back closes what it had opened. What is not among them, because it is older than the replies that come with a thread or
 * newer than the list, is asked for first.
 */
export function useLinkedComment(
  threads: readonly CommentView[] | undefined,
  open: (thread: CommentView, id: string) => void,
) {
  const t = useTranslations('comments')
  const textOf = useProblemText()
  const client = useQueryClient()
  const location = useLocation()
  const loaded = threads !== undefined
  const followed = useRef<string | null>(null)

  const findBeyond = async (id: string): Promise<CommentView | undefined> => {
    const { versionId, parentId } = await client.fetchQuery(commentQueries.one(id))
    const [list] = await Promise.all([
      client.fetchQuery({ ...commentQueries.ofVersion(versionId), staleTime: 0 }),
      parentId && client.fetchQuery({ ...commentQueries.replies(parentId), staleTime: 0 }),
    ])
    return list.find((thread) => thread.id === (parentId ?? id))
  }
  const follow = useEffectEvent(async ({ hash, key }: Location) => {
    if (!hash.startsWith(prefix) || followed.current === key) return
    followed.current = key
    const id = hash.slice(prefix.length)
    try {
      const thread = threadOf(threads ?? [], id) ?? (await findBeyond(id))
      if (followed.current !== key) return
      if (thread) open(thread, id)
      else notify(t('linkGone'), { tone: 'info' })
    } catch (error) {
      const gone = isProblem(error) && (error.status === 404 || error.status === 422)
      notify(gone ? t('linkGone') : textOf(error), { tone: gone ? 'info' : 'bad' })
    }
  })
  useEffect(() => {
    if (loaded) void follow(location)
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

const keptMs = 2000

/** A game takes the focus when it begins: for a moment, whoever came for a comment has it back. */
export function keepFocus(id: string): void {
  const onBlur = () => {
    if (document.activeElement instanceof HTMLIFrameElement) focusComment(id)
  }
  window.addEventListener('blur', onBlur)
  setTimeout(() => window.removeEventListener('blur', onBlur), keptMs)
}
