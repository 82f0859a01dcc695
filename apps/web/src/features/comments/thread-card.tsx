import type { CommentView } from '@sparkle/shared/comments'
import { useQuery } from '@tanstack/react-query'
import { ChevronUp, CircleCheck, CornerDownRight, Crosshair, Play, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { cn } from '../../lib/cn.ts'
import { commentQueries, useResolveComment } from './api.ts'
import { CommentItem } from './comment-item.tsx'
import { Composer } from './composer.tsx'
import { draftKey, isBlank, readDraft } from './drafts.ts'
import { clockOf, joinReplies } from './threads.ts'
import { WaitingComments } from './waiting-comments.tsx'

interface ThreadCardProps {
  thread: CommentView
  number: number
  projectId: string
  person: string
  mayComment: boolean
  selected: boolean
  answering: boolean
  /** The comment that was asked for: where it is one of the earlier replies, these are shown. */
  sought: string | null
  /** Ids of what was not read when the page opened. */
  fresh: ReadonlySet<string>
  /** The moment cannot be shown here: it belongs to another kind of game. */
  mayShow: boolean
  onShow: () => void
  onAnswer: (open: boolean) => void
}

/** A thread: where it is pinned, what was said, and whether it is settled. */
export function ThreadCard(props: ThreadCardProps) {
  const { thread, number, projectId, person, mayComment, selected, answering, sought, fresh, onAnswer } = props
  const t = useTranslations('comments')
  const resolve = useResolveComment()
  const { id, versionId, internal, resolvedAt, resolvedBy, deletedAt, may, replyCount } = thread
  const [all, setAll] = useState(false)
  // What is loaded already is shown at once; of other threads nothing is asked.
  const earlierIsSought = sought !== null && sought !== id && !thread.replies.some((reply) => reply.id === sought)
  const loaded = useQuery({ ...commentQueries.replies(id), enabled: all || earlierIsSought })
  const replies = joinReplies(loaded.data ?? [], thread.replies)
  const earlier = loaded.data ? 0 : replyCount - replies.length
  const key = draftKey(person, versionId, id)
  const hasDraft = !answering && !isBlank(readDraft(key))
  return (
    <li
      id={`comment-${id}`}
      tabIndex={-1}
      aria-current={selected || undefined}
      className={cn(
        'scroll-m-4 rounded-box border bg-surface p-3 outline-none',
        internal && 'border-dashed border-warn-solid bg-warn-soft',
        selected ? 'border-accent ring-1 ring-accent' : !internal && 'border-line',
      )}
    >
      <ThreadPlace {...props} />
      {resolvedAt && (
        <p className="mb-2 flex items-center gap-1.5 text-small text-ok">
          <CircleCheck aria-hidden="true" className="size-3.5 shrink-0" />
          <span>
            {t('resolvedBy', { name: resolvedBy?.name ?? t('somebody') })} · <RelativeTime at={resolvedAt} />
          </span>
        </p>
      )}
      <CommentItem comment={thread} number={number} isNew={fresh.has(id)} />
      {(replies.length > 0 || mayComment) && (
        <div className={cn(replies.length > 0 && 'mt-3 ml-3 border-l border-line pl-3')}>
          {earlier > 0 && (
            <Button
              look="quiet"
              icon={<ChevronUp />}
              className="mb-2 -ml-2"
              pending={loaded.isFetching}
              onClick={() => (all ? void loaded.refetch() : setAll(true))}
            >
              {t('earlier', { count: earlier })}
            </Button>
          )}
          {loaded.isError && <p className="mb-2 text-small text-bad">{t('earlierFailed')}</p>}
          <ul className="grid gap-3">
            {replies.map((reply) => (
              <li
                key={reply.id}
                id={`comment-${reply.id}`}
                tabIndex={-1}
                className={cn(
                  'scroll-m-4 outline-none',
                  reply.id === sought && '-mx-2 rounded-box bg-sunken px-2 py-1.5 ring-1 ring-accent',
                )}
              >
                <CommentItem comment={reply} isNew={fresh.has(reply.id) || reply.unread} />
              </li>
            ))}
          </ul>
          <WaitingComments versionId={versionId} parentId={id} className="mt-3" />
        </div>
      )}
      {answering && (
        <div className="mt-3">
          <Composer
            key={key}
            versionId={versionId}
            projectId={projectId}
            draftKey={key}
            parentId={id}
            internal={internal ? 'always' : 'never'}
            focused
            onDone={() => onAnswer(false)}
            onCancel={() => onAnswer(false)}
          />
        </div>
      )}
      {!answering && !(deletedAt && replies.length === 0) && (
        <div className="mt-2 -ml-2 flex flex-wrap gap-1">
          {mayComment && (
            <Button look="quiet" icon={<CornerDownRight />} onClick={() => onAnswer(true)}>
              {hasDraft ? t('goOnWriting') : t('reply')}
            </Button>
          )}
          {may.resolve && (
            <Button
              look="quiet"
              icon={resolvedAt ? <RotateCcw /> : <CircleCheck />}
              pending={resolve.isPending}
              onClick={() => resolve.mutate({ id, resolved: !resolvedAt })}
            >
              {resolvedAt ? t('reopen') : t('resolve')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

function ThreadPlace({ thread: { anchor }, number, mayShow, onShow }: ThreadCardProps) {
  const t = useTranslations('comments')
  if (!anchor || !mayShow) return <p className="mb-1.5 text-small text-muted">{t('wholeNumber', { number })}</p>
  const isMoment = anchor.kind === 'moment'
  return (
    <button
      type="button"
      onClick={onShow}
      className="mb-2 inline-flex min-h-8 items-center gap-1.5 rounded-full border border-outline bg-surface pr-3 pl-1 text-small font-strong text-ink transition-colors hover:bg-hover pointer-coarse:min-h-11"
    >
      <span className="flex size-6 items-center justify-center rounded-full bg-accent text-accent-ink">{number}</span>
      {isMoment ? (
        <Play aria-hidden="true" className="size-3.5" />
      ) : (
        <Crosshair aria-hidden="true" className="size-3.5" />
      )}
      {isMoment ? t('showMoment', { time: clockOf(anchor.tick) }) : t('showPoint')}
    </button>
  )
}
