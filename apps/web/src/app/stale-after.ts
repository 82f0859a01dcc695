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
  review: [['reviews'], ['projects'], ['dashboard']],
  url: [['urls'], ['projects'], ['dashboard']],
  user: [['users'], ['me'], ['clients']],
  account: [['clients'], ['projects']],
  studio: [['studio'], ['me'], ['domains'], ['urls'], ['roles'], ['users']],
  notification: [['notifications']],
}

export function staleAfter(event: RealtimeEvent): readonly QueryKey[] {
  if (!('seq' in event)) return []
  const noun = event.type.slice(0, event.type.indexOf(':'))
  return [...(byNoun[noun] ?? []), ['activity']]
}
