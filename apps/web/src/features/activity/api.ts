import type { EventNoun, EventView } from '@sparkle/shared/events'
import { infiniteQueryOptions, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { useLiveEvent } from '../../lib/live.tsx'
import { withEvent } from './feed.ts'

export interface ActivityPage {
  items: EventView[]
  nextCursor: string | null
}

/** Which part of the feed: of one project, about one kind of thing, or all of it. */
export interface ActivityFilter {
  projectId?: string
  about?: EventNoun
  /** Leaves out what this person did. */
  withoutBy?: string
}

export const activityQueries = {
  all: ['activity'] as const,
  feed: (filter: ActivityFilter) =>
    infiniteQueryOptions({
      queryKey: [...activityQueries.all, 'feed', filter],
      queryFn: ({ pageParam, signal }) =>
        http.get<ActivityPage>('/activity', { query: { ...filter, limit: 30, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
}

/**
 * Puts an event into the feed the moment the socket brings it. The page asks the API again a little later anyway
 * (`staleAfter`), which is what settles the matter; both know an event by its `seq`, so it never shows twice.
 */
export function useLiveFeed(filter: ActivityFilter): void {
  const client = useQueryClient()
  const { queryKey } = activityQueries.feed(filter)
  useLiveEvent((event) => {
    if ('seq' in event) client.setQueryData(queryKey, (feed) => feed && withEvent(feed, event, filter))
  })
}
