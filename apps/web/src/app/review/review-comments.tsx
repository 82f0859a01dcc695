import type { CommentView } from '@sparkle/shared/comments'
import type { VersionView } from '@sparkle/shared/reviews'
import type { UseQueryResult } from '@tanstack/react-query'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { CommentList } from '../../features/comments/comment-list.tsx'
import { Composer } from '../../features/comments/composer.tsx'
import type { ThreadFilter } from '../../features/comments/threads.ts'
import type { Reader } from './reader.ts'
import type { Writing } from './use-writing.ts'

interface ReviewCommentsProps {
  version: VersionView
  reader: Reader
  query: UseQueryResult<CommentView[]>
  threads: readonly CommentView[]
  /** The one thread that is looked at on a phone. */
  only: string | null
  listHidden: boolean
  writing: Writing
  filter: ThreadFilter
  onFilter: (filter: ThreadFilter) => void
  selected: string | null
  answering: string | null
  sought: string | null
  onAnswer: (threadId: string | null) => void
  onShow: (thread: CommentView) => void
  fresh: ReadonlySet<string>
  onSent: () => void
}

/** What the panel holds: the comment being written, and what was said before. */
export function ReviewComments(props: ReviewCommentsProps) {
  const { version, reader, query, threads, only, listHidden, writing, onSent } = props
  const { anchor, picture, turn } = writing.pointed
  return (
    <>
      {writing.step === 'writing' && (
        <div className="mb-5">
          <Composer
            key={turn}
            versionId={version.id}
            projectId={version.projectId}
            draftKey={writing.key}
            parentId={null}
            anchor={anchor}
            picture={picture}
            internal={version.status === 'draft' ? 'always' : reader.mayInternal ? 'choice' : 'never'}
            focused={turn > 0}
            onAnchorRemoved={writing.unpin}
            onDone={() => {
              writing.stop()
              onSent()
            }}
            onCancel={writing.stop}
          />
        </div>
      )}
      {query.isPending && <SkeletonList rows={3} className="h-24" />}
      {query.isLoadingError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && !listHidden && (
        <CommentList
          versionId={version.id}
          projectId={version.projectId}
          person={reader.person}
          threads={threads}
          only={only}
          filter={props.filter}
          onFilter={props.onFilter}
          mayComment={reader.mayComment}
          shows={version.previewUrl ? 'moment' : version.kind === 'file' ? null : 'point'}
          selected={props.selected}
          answering={props.answering}
          sought={props.sought}
          onAnswer={props.onAnswer}
          onShow={props.onShow}
          fresh={props.fresh}
        />
      )}
    </>
  )
}
