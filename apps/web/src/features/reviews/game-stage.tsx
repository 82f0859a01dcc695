import { Play } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Progress } from '../../components/progress.tsx'
import type { DrivenGame } from './use-game-driver.ts'

interface GameStageProps {
  game: DrivenGame
  title: string
  /** What stands still: "Stopped at 0:42"; without it nothing is laid over the game. */
  stoppedWords?: string
}

/** The running game, and over it what a review does to it: a replay under way, a moment that stands still. */
export function GameStage({ game: { address, attach, driver, state }, title, stoppedWords }: GameStageProps) {
  const t = useTranslations('reviews.screen')
  return (
    <div className="relative flex size-full flex-col overflow-hidden bg-sunken">
      {address && (
        // oxlint-disable-next-line react/iframe-missing-sandbox -- another origin, whose page sandboxes the game itself
        <iframe
          ref={attach}
          src={address}
          title={title}
          allow="autoplay; fullscreen; gamepad"
          className="min-h-0 w-full grow border-0"
        />
      )}
      {stoppedWords && state.replayed !== null && (
        <div className="floating absolute inset-x-4 top-4 mx-auto max-w-80 px-4 py-3">
          <p className="mb-2 text-center font-strong">{t('replaying')}</p>
          <Progress label={t('replaying')} share={state.replayed} />
        </div>
      )}
      {stoppedWords && state.mode === 'frozen' && state.replayed === null && (
        // Under the game, so that nothing of the moment is covered.
        <div className="flex items-center justify-center gap-4 border-t border-line bg-surface px-4 py-1.5">
          <span className="font-strong tabular-nums">{stoppedWords}</span>
          <Button icon={<Play />} onClick={() => driver?.resume()}>
            {t('playOn')}
          </Button>
        </div>
      )}
    </div>
  )
}
