import type { EventView } from '@sparkle/shared/events'
import { expect, test } from 'vitest'
import { eventsOf, groupByDay, storiesOf, withEvent } from './feed.ts'

function event(seq: number, changes: Partial<EventView> = {}): EventView {
  return {
    seq,
    id: `e${seq}`,
    type: 'build:passed',
    at: '2026-11-21T09:00:00.000000Z',
    projectId: 'p1',
    actor: { id: null, name: null },
    data: {},
    ...changes,
  }
}
function feedOf(...pages: EventView[][]) {
  return { pages: pages.map((items) => ({ items, nextCursor: null })), pageParams: pages.map(() => null) }
}
const seqs = (events: readonly EventView[]) => events.map(({ seq }) => seq)

test('a live event comes first, and what a reconnect sends again changes nothing', () => {
  const feed = feedOf([event(4), event(3)], [event(2)])
  const grown = withEvent(feed, event(5), {})
  expect(seqs(eventsOf(grown))).toEqual([5, 4, 3, 2])
  expect(withEvent(grown, event(5), {})).toBe(grown)
  expect(withEvent(grown, event(3), {})).toBe(grown)
})

test('pages that overlap show each event once', () => {
  expect(seqs(eventsOf(feedOf([event(5), event(4)], [event(4), event(3)])))).toEqual([5, 4, 3])
})

test('a feed takes only what belongs to it', () => {
  const feed = feedOf([event(1)])
  expect(withEvent(feed, event(2, { projectId: 'p2' }), { projectId: 'p1' })).toBe(feed)
  expect(withEvent(feed, event(2, { type: 'url:deployed' }), { about: 'build' })).toBe(feed)
  expect(withEvent(feed, event(2, { type: 'notification:added' }), {})).toBe(feed)
  expect(seqs(eventsOf(withEvent(feed, event(2), { projectId: 'p1', about: 'build' })))).toEqual([2, 1])
})

test('days are those of the reader', () => {
  const late = event(2, { at: '2026-11-21T23:30:00.000000Z' })
  const early = event(1, { at: '2026-11-21T22:30:00.000000Z' })
  expect(groupByDay([late, early], 'UTC')).toEqual([{ day: '2026-11-21', events: [late, early] }])
  expect(groupByDay([late, early], 'Europe/Berlin').map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-21'])
})

test('comments by one person on one version in a day are told once, everything else by itself', () => {
  const comment = (seq: number, changes: Partial<EventView> = {}) =>
    event(seq, { type: 'comment:added', actor: { id: 'mia', name: 'Mia' }, data: { versionId: 'v1' }, ...changes })
  const events = [
    event(9),
    event(8),
    comment(7),
    comment(6, { type: 'comment:resolved' }),
    comment(5),
    comment(4, { data: { versionId: 'v2' } }),
    comment(3, { actor: { id: null, name: 'Mia' } }),
    comment(2, { at: '2026-11-20T09:00:00.000000Z' }),
  ]
  const told = storiesOf(events, 'UTC').map(({ event: { seq }, count }) => [seq, count])
  expect(told).toEqual([
    [9, 1],
    [8, 1],
    [7, 2],
    [6, 1],
    [4, 1],
    [3, 1],
    [2, 1],
  ])
})
