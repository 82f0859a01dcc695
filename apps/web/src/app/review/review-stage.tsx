import type { CommentView } from '@sparkle/shared/comments'
import type { VersionView } from '@sparkle/shared/reviews'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { clockOf, numbered } from '../../features/comments/threads.ts'
import { DownloadVersion } from '../../features/reviews/download-button.tsx'
import { GameStage } from '../../features/reviews/game-stage.tsx'
import { PictureStage } from '../../features/reviews/picture-stage.tsx'
import type { DrivenGame } from '../../features/reviews/use-game-driver.ts'
import type { Writing } from './use-writing.ts'

interface ReviewStageProps {
  version: VersionView
  game: DrivenGame
  mayDownload: boolean
  threads: readonly CommentView[]
  fresh: ReadonlySet<string>
  selected: string | null
  writing: Writing
  goTo: { x: number; y: number } | null
  onPick: (thread: CommentView) => void
}

/** The running game, the picture with its pins, or a download of the file. */
export function ReviewStage(props: ReviewStageProps) {
  const { version, game, mayDownload, threads, fresh, selected, writing, goTo, onPick } = props
  const t = useTranslations('reviews.screen')
  const { previewUrl, fileUrl, kind, petName: pet, number } = version
  if (previewUrl)
    return (
      <GameStage
        game={game}
        title={t('game', { pet, number })}
        stoppedWords={t('stopped', { time: clockOf(game.state.tick) })}
      />
    )
  if (fileUrl) {
    const pins = numbered(threads).flatMap(({ number: mark, thread: { id, anchor, resolvedAt } }) =>
      anchor?.kind === 'point'
        ? [
            {
              id,
              number: mark,
              x: anchor.x,
              y: anchor.y,
              resolved: resolvedAt !== null,
              fresh: fresh.has(id),
              selected: id === selected,
            },
          ]
        : [],
    )
    const { anchor } = writing.pointed
    return (
      <div className="relative size-full">
        <PictureStage
          src={fileUrl}
          alt={t('title', { pet, kind, number })}
          sprite={kind === 'sprite'}
          pins={pins}
          draft={writing.step === 'writing' && anchor?.kind === 'point' ? anchor : null}
          placing={writing.step === 'placing'}
          onPlace={({ x, y }) => writing.write({ kind: 'point', x, y })}
          onCancel={writing.stop}
          onPick={(id) => {
            const thread = threads.find((one) => one.id === id)
            if (thread) onPick(thread)
          }}
          goTo={goTo}
        />
        {writing.step === 'placing' && (
          <div className="absolute inset-x-3 bottom-3 flex w-fit gap-2">
            <Button onClick={() => writing.write(null)}>{t('noPlace')}</Button>
            <Button onClick={writing.stop}>{t('notNow')}</Button>
          </div>
        )}
      </div>
    )
  }
  return (
    <div className="flex size-full items-center justify-center bg-sunken p-4">
      {mayDownload && <DownloadVersion version={version} size="large" />}
    </div>
  )
}
