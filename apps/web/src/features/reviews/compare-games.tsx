import type { VersionView } from '@sparkle/shared/reviews'
import { Play, Square } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { GameStage } from './game-stage.tsx'
import { useGameDriver, type DrivenGame } from './use-game-driver.ts'

const ticksPerSecond = 60

interface Recording {
  log: string
  ticks: number
}

/** Two builds side by side: play in the first, and both play it again, tick by tick in step. */
export function CompareGames({ before, after }: { before: VersionView; after: VersionView }) {
  const t = useTranslations('reviews.compare')
  const first = useGameDriver(before.previewUrl)
  const second = useGameDriver(after.previewUrl)
  const [tape, setTape] = useState<Recording | null>(null)
  const [stepping, setStepping] = useState(false)
  const [words, setWords] = useState('')
  const ready = first.state.mode !== 'silent' && second.state.mode !== 'silent'

  const rewind = async ({ log }: Recording) => {
    const places = await Promise.all([first.driver?.replay(log, 0), second.driver?.replay(log, 0)])
    if (places.some((place) => !place)) setWords(t('cannot'))
    else setStepping(true)
  }
  const record = async () => {
    const moment = await first.driver?.freeze()
    if (!moment || moment.ticks === 0) {
      setWords(t('playFirst'))
      return
    }
    const made = { log: moment.log, ticks: moment.ticks }
    setTape(made)
    setWords('')
    await rewind(made)
  }
  useStepping(stepping && tape ? tape.ticks : null, [first, second], () => {
    setStepping(false)
    setWords(t('over'))
  })
  return (
    <div className="flex size-full flex-col">
      <div className="flex flex-wrap items-center justify-center gap-3 border-b border-line bg-surface px-3 py-2.5">
        {stepping ? (
          <Button icon={<Square />} onClick={() => setStepping(false)}>
            {t('stop')}
          </Button>
        ) : (
          <Button look="primary" icon={<Play />} disabled={!ready} onClick={() => void record()}>
            {t('playBoth')}
          </Button>
        )}
        {tape && !stepping && <Button onClick={() => void rewind(tape)}>{t('again')}</Button>}
        <p role="status" className="text-muted">
          {words || t(stepping ? 'inStep' : 'hint', { number: before.number })}
        </p>
      </div>
      <div className="grid min-h-0 grow grid-rows-2 gap-px bg-line sm:grid-cols-2 sm:grid-rows-1">
        <Side game={first} version={before} />
        <Side game={second} version={after} />
      </div>
    </div>
  )
}

function Side({ game, version: { number, petName } }: { game: DrivenGame; version: VersionView }) {
  const t = useTranslations('reviews')
  return (
    <section aria-label={t('number', { number })} className="relative min-h-0">
      <GameStage game={game} title={t('screen.game', { pet: petName, number })} />
      <p className="floating pointer-events-none absolute bottom-2 left-2 px-2 py-1 text-small font-strong tabular-nums">
        {t('compare.side', { number, score: game.state.score })}
      </p>
    </section>
  )
}

/** Moves both games to the same tick with every frame, at the pace of play, until the recording is over. */
function useStepping(untilTick: number | null, games: readonly [DrivenGame, DrivenGame], onOver: () => void): void {
  const [{ driver: first }, { driver: second }] = games
  const over = useEffectEvent(onOver)
  useEffect(() => {
    if (untilTick === null || !first || !second) return
    const from = performance.now()
    let sent = -1
    let request = requestAnimationFrame(function step(now) {
      const tick = Math.max(0, Math.min(untilTick, Math.floor(((now - from) / 1000) * ticksPerSecond)))
      // A fast screen has several frames to a tick, and a game hears only so many messages a second.
      if (tick !== sent) for (const driver of [first, second]) driver.advance(tick)
      sent = tick
      if (tick < untilTick) request = requestAnimationFrame(step)
      else over()
    })
    return () => cancelAnimationFrame(request)
  }, [untilTick, first, second])
}
