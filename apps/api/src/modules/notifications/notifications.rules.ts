import type { EventType, NotificationKind } from '@sparkle/shared/events'

/** The kind of notification each event becomes; other events notify nobody. */
export const kindOf = {
  'order:received': 'order_received',
  'project:assigned': 'project_assigned',
  'url:deployed': 'url_deployed',
  'build:failed': 'build_failed',
  'url:expiring': 'url_expiring',
  'user:key:expiring': 'api_key_expiring',
} as const satisfies Partial<Record<EventType, NotificationKind>>
export type NotifyingEvent = keyof typeof kindOf

export function isNotifying(type: EventType): type is NotifyingEvent {
  return type in kindOf
}

/** Who is there to be told. */
export interface Audience {
  actorId: string | null
  leads: readonly string[]
  artist: string | null
  creator: string | null
  /** Whose key it is about. */
  owner?: string | null
}

/** Who hears of an event: nobody twice, and nobody of what they did themselves, except that their own build failed. */
export function recipientsOf(
  type: NotifyingEvent,
  { actorId, leads, artist, creator, owner = null }: Audience,
): string[] {
  const wanted: Record<NotifyingEvent, readonly (string | null)[]> = {
    'order:received': leads,
    'project:assigned': [artist],
    'url:deployed': [artist, ...leads],
    'build:failed': [creator],
    'url:expiring': leads,
    'user:key:expiring': [owner],
  }
  const people = wanted[type].filter((id) => id !== null)
  return [...new Set(people)].filter((id) => type === 'build:failed' || id !== actorId)
}
