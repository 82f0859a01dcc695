import { commentPlace } from '@sparkle/shared/notifications'
import type { EventView } from '@sparkle/shared/events'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTimeZone, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { browserTimeZone } from '../../lib/i18n.tsx'
import { useSession } from '../../lib/session.tsx'
import { activityQueries } from './api.ts'
import { EventMark } from './event-mark.tsx'
import { EventSentence } from './event-sentence.tsx'
import { eventsOf, storiesOf } from './feed.ts'

/** So many lines are news; more is history, and shown to whoever asks for it. */
const mostShown = 6

/** What others did with a customer's games, in few lines that lead to where it happened. */
export function ClientNews() {
  const t = useTranslations('activity')
  const common = useTranslations('common')
  const timeZone = useTimeZone() ?? browserTimeZone
  const feed = useInfiniteQuery(activityQueries.feed({ withoutBy: useSession().user.id }))
  const [all, setAll] = useState(false)
  if (feed.isPending) return <SkeletonList rows={3} className="h-9" />
  if (feed.isLoadingError) return <ErrorState error={feed.error} onRetry={() => void feed.refetch()} />
  const stories = storiesOf(eventsOf(feed.data), timeZone)
  if (stories.length === 0) return <p className="text-muted">{t('noNews')}</p>
  const shown = all ? stories : stories.slice(0, mostShown)
  return (
    <>
      <ol>
        {shown.map(({ event, count }) => (
          <li key={event.seq} className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
            <EventMark type={event.type} />
            <p className="min-w-0 grow pt-0.5 wrap-anywhere">
              <EventSentence event={event} linked to={placeOf(event)} />
              {count > 1 && <span className="text-muted"> · {t('times', { count })}</span>}
            </p>
            <RelativeTime at={event.at} className="shrink-0 pt-1 text-small text-muted" />
          </li>
        ))}
      </ol>
      {(shown.length < stories.length || (!all && feed.hasNextPage)) && (
        <Button look="quiet" className="mt-2 -ml-3" onClick={() => setAll(true)}>
          {common('loadMore')}
        </Button>
      )}
      {all && <LoadMore {...feed} />}
    </>
  )
}

/** What is about a version leads to it, and there to the very comment; everything else to the project. */
function placeOf({ data }: EventView): string | undefined {
  const { versionId, commentId } = data
  if (typeof versionId !== 'string') return undefined
  return typeof commentId === 'string' ? commentPlace(versionId, commentId) : `/review/${versionId}`
}
