import type { EventView } from '@sparkle/shared/events'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useNow, useTimeZone, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { dayIn } from '../../lib/day.ts'
import { useFormats } from '../../lib/format.ts'
import { browserTimeZone } from '../../lib/i18n.tsx'
import { activityQueries, useLiveFeed, type ActivityFilter } from './api.ts'
import { EventMark } from './event-mark.tsx'
import { EventSentence } from './event-sentence.tsx'
import { eventsOf, groupByDay, type FeedDay } from './feed.ts'

interface ActivityFeedProps extends ActivityFilter {
  /** Pets' names lead to their projects; off on a project's own page. */
  linked?: boolean
  /** Offered where a filter leaves nothing. */
  onShowAll?: () => void
}

/** What has happened, newest first and by day, growing by itself. Give a `projectId` for the feed of one project. */
export function ActivityFeed({ projectId, about, linked = projectId === undefined, onShowAll }: ActivityFeedProps) {
  const t = useTranslations('activity')
  const timeZone = useTimeZone() ?? browserTimeZone
  const filter: ActivityFilter = { ...(projectId && { projectId }), ...(about && { about }) }
  const feed = useInfiniteQuery(activityQueries.feed(filter))
  useLiveFeed(filter)

  if (feed.isPending) return <SkeletonList rows={8} className="h-9" />
  if (feed.isLoadingError) return <ErrorState error={feed.error} onRetry={() => void feed.refetch()} />
  const days = groupByDay(eventsOf(feed.data), timeZone)
  if (days.length === 0 && about) {
    return (
      <EmptyState
        scene="search"
        title={t('emptyFilteredTitle')}
        body={t('emptyFilteredBody')}
        action={onShowAll && <Button onClick={onShowAll}>{t('showAll')}</Button>}
      />
    )
  }
  if (days.length === 0) return <EmptyState scene="spark" title={t('emptyTitle')} body={t('emptyBody')} />
  return (
    <div className="flex flex-col gap-6">
      {days.map((day) => (
        <Day key={day.day} day={day} timeZone={timeZone} linked={linked} />
      ))}
      <LoadMore {...feed} />
    </div>
  )
}

function Day({ day: { day, events }, timeZone, linked }: { day: FeedDay; timeZone: string; linked: boolean }) {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-1 text-small font-strong text-muted">
        <DayName day={day} timeZone={timeZone} />
      </h2>
      <ol>
        {events.map((event) => (
          <Row key={event.seq} event={event} linked={linked} />
        ))}
      </ol>
    </section>
  )
}

const dayMs = 24 * 3600 * 1000

function DayName({ day, timeZone }: { day: string; timeZone: string }) {
  const t = useTranslations('activity')
  const formats = useFormats()
  const now = useNow({ updateInterval: 60_000 })
  if (day === dayIn(timeZone, now)) return t('today')
  if (day === dayIn(timeZone, new Date(now.getTime() - dayMs))) return t('yesterday')
  return formats.day(day)
}

function Row({ event, linked }: { event: EventView; linked: boolean }) {
  return (
    <li className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
      <EventMark type={event.type} />
      <p className="min-w-0 grow pt-0.5 wrap-anywhere">
        <EventSentence event={event} linked={linked} />
      </p>
      <RelativeTime at={event.at} className="shrink-0 pt-1 text-small text-muted" />
    </li>
  )
}
