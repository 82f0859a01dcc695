import type { VersionView } from '@sparkle/shared/reviews'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { draftKey, isBlank, readDraft, type CommentDraft } from '../../features/comments/drafts.ts'
import { clockOf } from '../../features/comments/threads.ts'
import type { DrivenGame } from '../../features/reviews/use-game-driver.ts'

interface Pointed {
  /** Undefined leaves what the draft had; null is about the whole version. */
  anchor: CommentDraft['anchor'] | undefined
  picture: string | null
  /** Tells one pointing from the next, so that the form takes it up. */
  turn: number
}

/** The way to a new comment: stop the game or point at the picture first, then say it. */
export function useWriting(version: VersionView, person: string, game: DrivenGame, say: (words: string) => void) {
  const t = useTranslations('reviews.screen')
  const key = draftKey(person, version.id, 'new')
  const [step, setStep] = useState<'idle' | 'placing' | 'writing'>(() => (isBlank(readDraft(key)) ? 'idle' : 'writing'))
  const [pointed, setPointed] = useState<Pointed>({ anchor: undefined, picture: null, turn: 0 })
  const isPicture = !version.previewUrl && version.kind !== 'file'

  const write = (anchor: Pointed['anchor'], picture: string | null = null) => {
    setPointed({ anchor, picture, turn: pointed.turn + 1 })
    setStep('writing')
  }
  const begin = async () => {
    if (isPicture) {
      setStep('placing')
      return
    }
    const frozen = game.state.mode === 'silent' ? null : await game.driver?.freeze()
    if (!frozen || frozen.ticks === 0 || !version.buildId) {
      write(undefined)
      return
    }
    const { ticks, hash, log, picture } = frozen
    write({ kind: 'moment', buildId: version.buildId, tick: ticks, stateHash: hash, log }, picture)
    say(t('frozenAt', { time: clockOf(ticks) }))
  }
  return {
    key,
    step,
    pointed,
    begin,
    write,
    unpin: () => setPointed({ ...pointed, anchor: null }),
    stop: () => setStep('idle'),
  }
}
export type Writing = ReturnType<typeof useWriting>
