import { eventNouns, type EventNoun, type EventView } from '@sparkle/shared/events'
import type { InfiniteData } from '@tanstack/react-query'
import { dayIn } from '../../lib/day.ts'
import type { ActivityFilter, ActivityPage } from './api.ts'

/** `build` of `build:passed`; null for what is no part of anybody's feed. */
export function nounOf(type: EventView['type']): EventNoun | null {
  const [word] = type.split(':')
  return eventNouns.find((noun) => noun === word) ?? null
}

export function belongs(event: EventView, { projectId, about }: ActivityFilter): boolean {
  const noun = nounOf(event.type)
  return (
    noun !== null &&
    (about === undefined || noun === about) &&
    (projectId === undefined || event.projectId === projectId)
  )
}

type Feed = InfiniteData<ActivityPage>

/** The feed with a newer event at its head. One it has already, one older than its head and one it filters out change nothing. */
export function withEvent(feed: Feed, event: EventView, filter: ActivityFilter): Feed {
  const [first, ...rest] = feed.pages
  if (!first || !belongs(event, filter)) return feed
  const newest = first.items[0]?.seq ?? 0
  if (event.seq <= newest) return feed
  return { ...feed, pages: [{ ...first, items: [event, ...first.items] }, ...rest] }
}

/** All events of the loaded pages, newest first, each once: pages asked for at different moments may overlap. */
export function eventsOf(feed: Feed): EventView[] {
  const bySeq = new Map(feed.pages.flatMap(({ items }) => items).map((event) => [event.seq, event]))
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq)
}

/** Comments by one person on one version in a day: told once, as the newest of them. */
export interface Story {
  event: EventView
  count: number
}

export function storiesOf(events: readonly EventView[], timeZone: string): Story[] {
  const stories = new Map<string, Story>()
  for (const event of events) {
    const { id, type, actor, data, at } = event
    const about = [type, actor.id, actor.name, data['versionId'], dayIn(timeZone, new Date(at))]
    const name = type.startsWith('comment:') ? JSON.stringify(about) : id
    const known = stories.get(name)
    if (known) known.count += 1
    else stories.set(name, { event, count: 1 })
  }
  return [...stories.values()]
}

export interface FeedDay {
  /** `YYYY-MM-DD` in the reader's time zone. */
  day: string
  events: EventView[]
}

export function groupByDay(events: readonly EventView[], timeZone: string): FeedDay[] {
  const days: FeedDay[] = []
  for (const event of events) {
    const day = dayIn(timeZone, new Date(event.at))
    const last = days.at(-1)
    if (last?.day === day) last.events.push(event)
    else days.push({ day, events: [event] })
  }
  return days
}
