import type { CommentSide } from '@sparkle/shared/comments'
import type { EventType, NotificationKind } from '@sparkle/shared/events'
import { type Channel, channels, type Choices, notificationCatalogue, wants } from '@sparkle/shared/notifications'

/** The kind of notification each event becomes; other events notify nobody. */
export const kindOf = {
  'order:received': 'order_received',
  'project:assigned': 'project_assigned',
  'project:status:changed': 'project_status_changed',
  'asset:rejected': 'asset_rejected',
  'build:passed': 'build_passed',
  'build:failed': 'build_failed',
  'version:added': 'version_added',
  'review:approved': 'review_approved',
  'review:changes-requested': 'review_changes_requested',
  'url:deployed': 'url_deployed',
  'url:expiring': 'url_expiring',
  'user:key:expiring': 'api_key_expiring',
  'url:expired': 'url_expired',
  'studio:domain:lapsed': 'domain_lapsed',
  'message:added': 'message_received',
  'order:photo:added': 'photo_added',
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
  /** Who started the build, added the file or made the version. */
  creator: string | null
  /** Whose key it is about. */
  owner?: string | null
  /** The customer's people with an account. */
  clients: readonly string[]
}

/** Who hears of an event: nobody twice, and nobody of what they did themselves, except that their own build failed. */
export function recipientsOf(
  type: NotifyingEvent,
  { actorId, leads, artist, creator, clients, owner = null }: Audience,
): string[] {
  const wanted: Record<NotifyingEvent, readonly (string | null)[]> = {
    'order:received': leads,
    'project:assigned': [artist],
    'project:status:changed': [artist, ...clients],
    'asset:rejected': [creator],
    'version:added': clients,
    'review:approved': [artist, creator, ...leads],
    'review:changes-requested': [artist, creator, ...leads],
    'url:deployed': [artist, ...leads],
    'build:passed': [creator],
    'build:failed': [creator],
    'url:expiring': leads,
    'user:key:expiring': [owner],
    'url:expired': leads,
    'studio:domain:lapsed': leads,
    'message:added': [artist, ...clients, ...leads],
    // The business of whoever draws; while nobody does, of those who give the work out.
    'order:photo:added': artist ? [artist] : leads,
  }
  const people = wanted[type].filter((id) => id !== null)
  return [...new Set(people)].filter((id) => type === 'build:failed' || id !== actorId)
}

export type CommentKind = Extract<NotificationKind, `comment_${string}`>

export interface CommentAudience {
  actorId: string | null
  /** False for a change, of which only those hear who are mentioned by it. */
  isNew: boolean
  side: CommentSide
  isReply: boolean
  /** Nothing for customers: internal, or on a draft. */
  hidden: boolean
  mentioned: readonly string[]
  /** Who has spoken in the thread. */
  thread: readonly string[]
  /** Whose version it is: who made it and who is on the project. */
  makers: readonly string[]
  leads: readonly string[]
  /** The customer's people with an account. */
  clients: readonly string[]
}

/**
 * Who hears of a comment and as what, each once: mentioned by name, else as a reply to them, else as a comment on their
 * version. Customers hear of what the studio begins and of replies to them, never of anything hidden. What nobody's
 * version is on is the leads' business.
 */
export function commentKinds(audience: CommentAudience): Map<string, CommentKind> {
  const { isNew, side, isReply, hidden, makers, leads, clients } = audience
  const kinds = new Map<string, CommentKind>()
  const tell = (people: readonly string[], kind: CommentKind) => {
    for (const userId of people) if (userId !== audience.actorId && !kinds.has(userId)) kinds.set(userId, kind)
  }
  tell(audience.mentioned, 'comment_mentioned')
  if (!isNew) return kinds
  tell(audience.thread, 'comment_replied')
  tell(makers.length > 0 ? makers : leads, 'comment_added')
  if (side === 'studio' && !isReply && !hidden) tell(clients, 'comment_added')
  return kinds
}

/** What decides how a person hears of something. */
export interface Wishes {
  choices: Choices
  mentionsPassMute: boolean
  /** Whether the project it is about is muted. */
  muted: boolean
}

/** The channels that a notification takes to a person; none: they do not hear of it. */
export function waysOf(kind: NotificationKind, { choices, mentionsPassMute, muted }: Wishes): Channel[] {
  const { personal, always } = notificationCatalogue[kind]
  if (muted && !(personal && mentionsPassMute)) return always ? [always] : []
  return channels.filter((channel) => wants(choices, kind, channel))
}

/** How long a mail of a conversation waits: what is read meanwhile is not sent, and what follows goes with it. */
export const conversationPauseSeconds = 120

/** How often a message is tried in all; the last try comes about two hours after the first. */
export const mostAttempts = 8
/** How long a try is given before the next one may begin; it doubles with every further one, up to an hour. */
export const firstWaitSeconds = 60
export const longestWaitSeconds = 3600

/** Text messages cost money: the most in 24 hours. */
export const smsPerPerson = 10
export const smsPerStudio = 200

/** The project's notices of its deadline, by days left: the first from three days on, the second from the day before. */
export function deadlineNotice(daysLeft: number): 3 | 1 | null {
  if (daysLeft < 0 || daysLeft > 3) return null
  return daysLeft > 1 ? 3 : 1
}
