import type { CommentView } from '@sparkle/shared/comments'
import type { ReviewDecision, VersionView } from '@sparkle/shared/reviews'
import { Clock, MessageCircle, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { DecisionBar } from '../../features/reviews/decision-bar.tsx'
import { ReviewFrame } from '../../features/reviews/review-frame.tsx'
import { useGameDriver } from '../../features/reviews/use-game-driver.ts'
import { useSiblings, VersionPicker } from '../../features/reviews/version-picker.tsx'
import { VersionStatusPill } from '../../features/reviews/version-status.tsx'
import { useCommentOutbox } from '../../features/comments/comment-outbox.tsx'
import { useStuck } from '../../features/comments/use-stuck.ts'
import { isShown, threadFilters, type ThreadFilter } from '../../features/comments/threads.ts'
import { useAction } from '../../lib/actions.tsx'
import { cn } from '../../lib/cn.ts'
import { useRoom } from '../../lib/live.tsx'
import { useBackCloses } from '../../lib/use-back-closes.ts'
import { useMedia } from '../../lib/use-media.ts'
import { askedBefore } from './asked-before.ts'
import type { Reader } from './reader.ts'
import { ReviewComments } from './review-comments.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { ReviewStage } from './review-stage.tsx'
import { useComments } from './use-comments.ts'
import { focusComment, keepFocus, useLinkedComment } from './use-linked-comment.ts'
import { usePlace } from './use-place.ts'
import { useWriting } from './use-writing.ts'

interface ReviewRoomProps {
  version: VersionView
  reader: Reader
  backTo: string
}

/** One version with all that is said about it, and the decision. Keyed by the version. */
export function ReviewRoom({ version, reader, backTo }: ReviewRoomProps) {
  const t = useTranslations('reviews.screen')
  const c = useTranslations('comments')
  const wide = useMedia('(min-width: 1024px)')
  const [said, setSaid] = useState('')
  const [deciding, setDeciding] = useState<ReviewDecision | null>(null)
  const [opened, setOpened] = useState<'closed' | 'list' | 'thread'>('closed')
  const [selected, setSelected] = useState<string | null>(null)
  const [sought, setSought] = useState<string | null>(null)
  const [answering, setAnswering] = useState<string | null>(null)
  const [filter, setFilter] = useFilter()
  const game = useGameDriver(version.previewUrl)
  const writing = useWriting(version, reader.person, game, setSaid)
  const { query, threads, fresh } = useComments(version.id, reader, wide || opened !== 'closed', setSaid)
  const place = usePlace(game, setSaid)
  const siblings = useSiblings(version)
  useRoom(`project:${version.projectId}`)

  const open = (thread: CommentView, id = thread.id) => {
    if (!isShown(thread, filter)) setFilter('all')
    setSelected(thread.id)
    setSought(id)
    setOpened('thread')
    writing.stop()
    focusComment(id)
    keepFocus(id)
    void place.show(thread).then(() => {
      // A replay may take longer than that.
      if (document.activeElement instanceof HTMLIFrameElement) focusComment(id)
    })
  }
  const step = (by: 1 | -1) => {
    const shown = threads.filter((thread) => isShown(thread, filter))
    const at = shown.findIndex(({ id }) => id === selected)
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length]
    if (next) open(next)
  }
  // A moment can be gone back to only once the frame is there.
  useLinkedComment(game.driver || !version.previewUrl ? query.data : undefined, open)
  useReviewKeys({ comment: reader.mayComment ? () => void writing.begin() : null, step })

  const isWriting = writing.step === 'writing'
  const closeSheet = () => {
    writing.stop()
    setOpened('closed')
  }
  const isDeciding = deciding !== null && version.mayDecide
  useBackCloses(
    isDeciding || (!wide && (isWriting || opened !== 'closed')),
    isDeciding ? () => setDeciding(null) : closeSheet,
  )
  const stuck = useStuck(version.id)
  const { waiting, signedOut } = useCommentOutbox(version.id)
  const stuckWords = stuck > 0 ? c(signedOut ? 'stuckSignedOut' : 'stuck', { count: stuck }) : ''
  // On its way only until it is there; where it is stuck or refused, that is said beside it.
  const held = stuck > 0 || waiting.some(({ refused }) => refused !== null)
  const sentWords = waiting.length === 0 ? c('delivered') : held ? '' : c('sent')
  // The decision is the primary button then; still this one is told apart from the one that only opens the list.
  const tinted = reader.client && version.mayDecide
  const comment = reader.mayComment && (
    <Button
      look={tinted ? 'secondary' : 'primary'}
      size={wide ? 'medium' : 'large'}
      icon={<SquarePen />}
      className={cn('max-lg:min-h-13', tinted && 'border-accent! text-accent-text!')}
      onClick={() => void writing.begin()}
    >
      {t('comment')}
    </Button>
  )
  // A guest who is not asked to decide is not told who is, either.
  const decision = (reader.side !== 'guest' || version.mayDecide || version.status !== 'waiting') && (
    <DecisionBar
      version={version}
      person={reader.person}
      client={reader.client}
      deciding={deciding}
      onDeciding={setDeciding}
      asked={askedBefore(version, siblings)}
      openThreads={threads.filter((thread) => isShown(thread, 'open')).length}
      onDecided={setSaid}
    />
  )
  return (
    <ReviewFrame
      backTo={backTo}
      title={t('heading', { pet: version.petName, kind: version.kind })}
      actions={
        <>
          <span className="hidden sm:block">
            <VersionStatusPill status={version.status} client={reader.client} />
          </span>
          <VersionPicker
            version={version}
            siblings={siblings}
            client={reader.client}
            mayDownload={reader.mayDownload}
          />
        </>
      }
      stage={
        <>
          <ReviewStage
            version={version}
            game={game}
            mayDownload={reader.mayDownload}
            threads={threads}
            fresh={fresh}
            selected={selected}
            writing={writing}
            goTo={place.goTo}
            onPick={open}
          />
          <p role="status" className="sr-only">
            {said === c('sent') ? sentWords : said}
          </p>
          <p role="status" className="sr-only">
            {stuckWords}
          </p>
        </>
      }
      panel={
        (reader.mayRead || (wide && decision)) && (
          <ReviewPanel
            title={
              !reader.mayRead ? t('verdict') : isWriting && !wide ? c('new') : c('title', { count: threads.length })
            }
            size={isWriting || opened === 'thread' ? 'fitting' : opened === 'list' ? 'tall' : 'closed'}
            onClose={closeSheet}
            onStep={opened === 'thread' && !isWriting ? step : undefined}
            action={wide && !isWriting && comment}
            footer={wide && decision}
          >
            {reader.mayRead && (
              <ReviewComments
                version={version}
                reader={reader}
                query={query}
                threads={threads}
                only={!wide && opened === 'thread' ? selected : null}
                listHidden={isWriting && !wide}
                writing={writing}
                filter={filter}
                onFilter={setFilter}
                selected={selected}
                answering={answering}
                sought={sought}
                onAnswer={setAnswering}
                onShow={open}
                fresh={fresh}
                onSent={() => {
                  // Without a connection, that it waits is said instead.
                  if (navigator.onLine) setSaid(c('sent'))
                  if (!wide) setOpened('closed')
                }}
              />
            )}
          </ReviewPanel>
        )
      }
      footer={
        !wide &&
        !isWriting &&
        (reader.mayRead || decision) && (
          <div className="grid gap-2.5">
            {stuck > 0 && opened === 'closed' && (
              <p className="flex items-center justify-center gap-1.5 text-small text-warn">
                <Clock aria-hidden="true" className="size-3.5" />
                {stuckWords}
              </p>
            )}
            {reader.mayRead && (
              <div className="mx-auto grid w-full max-w-180 auto-cols-fr grid-flow-col gap-2.5">
                <Button
                  size="large"
                  className="min-h-13"
                  icon={<MessageCircle />}
                  aria-expanded={opened !== 'closed'}
                  onClick={() => setOpened(opened === 'closed' ? 'list' : 'closed')}
                >
                  {c('title', { count: threads.length })}
                  {fresh.size > 0 && (
                    <span className="rounded-full bg-info-soft px-1.5 text-small text-info">
                      {c('unread', { count: fresh.size })}
                    </span>
                  )}
                </Button>
                {comment}
              </div>
            )}
            {opened === 'closed' && decision}
          </div>
        )
      }
    />
  )
}

function useFilter() {
  const { state } = useLocation() as { state: unknown }
  const [search, setSearch] = useSearchParams()
  const asked = search.get('show')
  const filter = threadFilters.find((one) => one === asked) ?? 'open'
  const setFilter = (next: ThreadFilter) =>
    setSearch(
      (before) => {
        if (next === 'open') before.delete('show')
        else before.set('show', next)
        return before
      },
      { replace: true, state, preventScrollReset: true },
    )
  return [filter, setFilter] as const
}

function useReviewKeys({ comment, step }: { comment: (() => void) | null; step: (by: 1 | -1) => void }) {
  const t = useTranslations('reviews.screen')
  useAction({ id: 'review-comment', label: t('comment'), group: 'page', keys: 'c', run: comment })
  useAction({ id: 'review-next', label: t('next'), group: 'page', keys: 'j', run: () => step(1) })
  useAction({ id: 'review-previous', label: t('previous'), group: 'page', keys: 'k', run: () => step(-1) })
}
