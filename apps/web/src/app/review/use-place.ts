import type { CommentView } from '@sparkle/shared/comments'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { commentQueries } from '../../features/comments/api.ts'
import { clockOf } from '../../features/comments/threads.ts'
import type { DrivenGame } from '../../features/reviews/use-game-driver.ts'
import { useProblemText } from '../../lib/problem-text.ts'

/** Leads to where a comment is pinned: a point of the picture, or a moment of play. */
export function usePlace({ driver }: DrivenGame, say: (words: string) => void) {
  const t = useTranslations('reviews.screen')
  const textOf = useProblemText()
  const client = useQueryClient()
  const [goTo, setGoTo] = useState<{ x: number; y: number } | null>(null)
  const latest = useRef(0)

  const replay = async ({ id }: CommentView) => {
    if (!driver) return
    const turn = (latest.current += 1)
    try {
      const { log, tick, stateHash } = await client.fetchQuery(commentQueries.moment(id))
      const replayed = await driver.replay(log, tick)
      if (turn !== latest.current) return
      if (!replayed) notify(t('cannotReplay'), { tone: 'warn' })
      else if (replayed.hash !== stateHash) notify(t('differs'), { tone: 'warn' })
      else say(t('atMoment', { time: clockOf(tick) }))
    } catch (error) {
      if (turn === latest.current) notify(textOf(error), { tone: 'bad' })
    }
  }
  const show = async (thread: CommentView) => {
    const { anchor } = thread
    if (anchor?.kind === 'point') setGoTo({ x: anchor.x, y: anchor.y })
    else if (anchor?.kind === 'moment') await replay(thread)
  }
  return { goTo, show }
}
