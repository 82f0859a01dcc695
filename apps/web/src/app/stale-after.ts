import type { TransientEventType } from '@sparkle/shared/events'
import type { QueryKey } from '@tanstack/react-query'
import type { RealtimeEvent } from '../lib/realtime.ts'

/**
 * Which reads an event makes old: the one table that keeps pages live. Keys are prefixes by feature, as the features'
 * `api.ts` write them (`['projects', 'detail', id]`); a new feature adds its line here.
 */
const byNoun: Record<string, readonly QueryKey[]> = {
  order: [['projects'], ['dashboard'], ['assets'], ['clients']],
  project: [['projects'], ['dashboard'], ['urls'], ['documents']],
  view: [['views']],
  asset: [['assets'], ['projects']],
  build: [['builds'], ['projects']],
  version: [['reviews'], ['projects']],
  comment: [['comments'], ['reviews']],
  review: [['reviews'], ['projects'], ['dashboard']],
  url: [['urls'], ['projects'], ['dashboard']],
  user: [['users'], ['me'], ['clients']],
  account: [['clients'], ['projects']],
  studio: [['studio'], ['me'], ['domains'], ['urls'], ['roles'], ['users']],
  notification: [['notifications']],
  message: [['messages']],
}

/** Of what is told without a number. Who types is shown as it comes, and read from nowhere. */
const transient: Record<TransientEventType, readonly QueryKey[]> = {
  'user:joined': [['presence']],
  'user:left': [['presence']],
  typing: [],
  'message:read': [['messages', 'reads']],
}

export function staleAfter(event: RealtimeEvent): readonly QueryKey[] {
  if (!('seq' in event)) return transient[event.type]
  const noun = event.type.slice(0, event.type.indexOf(':'))
  return [...(byNoun[noun] ?? []), ['activity']]
}
