import type { CommentView } from '@sparkle/shared/comments'
import { useTranslations } from 'use-intl'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { ThreadCard } from './thread-card.tsx'
import { isShown, numbered, threadFilters, type ThreadFilter } from './threads.ts'
import { WaitingComments } from './waiting-comments.tsx'

interface CommentListProps {
  versionId: string
  projectId: string
  /** Whose drafts and outbox these are. */
  person: string
  threads: readonly CommentView[]
  /** Only this thread, where one is looked at by itself. */
  only?: string | null
  filter: ThreadFilter
  onFilter: (filter: ThreadFilter) => void
  mayComment: boolean
  /** Kinds of places that can be shown on this version. */
  shows: 'moment' | 'point' | null
  selected: string | null
  answering: string | null
  /** The comment that was asked for, of the selected thread. */
  sought: string | null
  onAnswer: (threadId: string | null) => void
  onShow: (thread: CommentView) => void
  fresh: ReadonlySet<string>
}

/** The threads of a version, in the order they were begun, under what has not been sent yet. */
export function CommentList(props: CommentListProps) {
  const { versionId, projectId, person, threads, filter, onFilter, mayComment, shows, fresh } = props
  const t = useTranslations('comments')
  const all = numbered(threads)
  const one = props.only ? all.filter(({ thread }) => thread.id === props.only) : []
  const shown = one.length > 0 ? one : all.filter(({ thread }) => isShown(thread, filter))
  const count = (value: ThreadFilter) => threads.filter((thread) => isShown(thread, value)).length
  return (
    <>
      {one.length === 0 && <WaitingComments versionId={versionId} parentId={null} className="mb-4" />}
      {threads.length > 0 && one.length === 0 && (
        <SegmentedControl
          label={t('filter')}
          className="mb-3 flex w-full"
          value={filter}
          onValueChange={onFilter}
          options={threadFilters.map((value) => ({ value, label: t(`filters.${value}`, { count: count(value) }) }))}
        />
      )}
      {shown.length === 0 && (
        <p className="py-6 text-center text-muted">
          {threads.length === 0 ? t(mayComment ? 'emptyMay' : 'empty') : t(`none.${filter}`)}
        </p>
      )}
      <ul aria-label={t('list')} className="grid gap-3">
        {shown.map(({ thread, number }) => (
          <ThreadCard
            key={thread.id}
            thread={thread}
            number={number}
            projectId={projectId}
            person={person}
            mayComment={mayComment}
            selected={props.selected === thread.id}
            answering={props.answering === thread.id}
            sought={props.selected === thread.id ? props.sought : null}
            fresh={fresh}
            mayShow={thread.anchor?.kind === shows}
            onShow={() => props.onShow(thread)}
            onAnswer={(open) => props.onAnswer(open ? thread.id : null)}
          />
        ))}
      </ul>
    </>
  )
}
