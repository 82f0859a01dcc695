import { z } from 'zod'
import { notificationKinds, type EventData, type NotificationKind } from './events.ts'
import { listOf, pageQuery, sortedBy, wholeListOf } from './lists.ts'
import { accountRoles, roles, studioRoles, type Role } from './permissions.ts'
import { id, text, time, version } from './text.ts'

/** Ways a person can hear of something. `digest` is a place in the daily or weekly summary, not a message of its own. */
export const channels = ['in_app', 'mail', 'push', 'sms', 'digest'] as const
export type Channel = (typeof channels)[number]
/** The channels that reach people outside the app, each with its own messages. */
export const outsideChannels = ['mail', 'push', 'sms'] as const satisfies readonly Channel[]
export type OutsideChannel = (typeof outsideChannels)[number]

export interface KindFacts {
  /** Who can ever get it; nobody else is asked about it. */
  roles: readonly Role[]
  /** The channels that are on until somebody chooses otherwise. */
  on: readonly Channel[]
  /** Cannot wait for the morning: passes quiet hours for those who allow it. */
  urgent: boolean
  /** Meant for one person by name: passes a muted project for those who allow it. */
  personal: boolean
  /** Cannot be turned off: somebody's own words must not vanish. */
  always?: Channel
}

const leads = ['admin', 'manager'] as const
const quiet = { urgent: false, personal: false }

/** What is told, to whom, and what is on by default: the one place that says so. */
export const notificationCatalogue: Record<NotificationKind, KindFacts> = {
  message: {
    roles,
    on: ['in_app', 'mail', 'push', 'digest'],
    urgent: false,
    personal: true,
    always: 'in_app',
  },
  project_assigned: {
    roles: studioRoles,
    on: ['in_app', 'mail', 'push', 'digest'],
    urgent: false,
    personal: true,
  },
  deadline_approaching: { roles: studioRoles, on: ['in_app', 'mail', 'push'], urgent: true, personal: false },
  project_status_changed: { roles, on: ['in_app', 'digest'], ...quiet },
  order_received: { roles: leads, on: ['in_app', 'mail', 'push', 'digest'], ...quiet },
  asset_rejected: { roles, on: ['in_app', 'push'], ...quiet },
  build_passed: { roles: studioRoles, on: ['in_app', 'digest'], ...quiet },
  build_failed: { roles: studioRoles, on: ['in_app', 'mail', 'push'], urgent: true, personal: false },
  version_added: { roles: accountRoles, on: ['in_app', 'mail', 'push', 'digest'], urgent: false, personal: true },
  review_approved: { roles: studioRoles, on: ['in_app', 'mail', 'push', 'digest'], ...quiet },
  review_changes_requested: { roles: studioRoles, on: ['in_app', 'mail', 'push', 'digest'], ...quiet },
  version_waiting: { roles: accountRoles, on: ['in_app', 'mail', 'push', 'digest'], urgent: false, personal: true },
  comment_mentioned: { roles, on: ['in_app', 'mail', 'push', 'digest'], urgent: false, personal: true },
  comment_replied: { roles, on: ['in_app', 'mail', 'push', 'digest'], urgent: false, personal: true },
  comment_added: { roles, on: ['in_app', 'mail', 'push', 'digest'], ...quiet },
  url_deployed: { roles: studioRoles, on: ['in_app', 'mail', 'push', 'digest'], ...quiet },
  url_expiring: { roles: leads, on: ['in_app', 'mail', 'digest'], ...quiet },
  url_expired: { roles: leads, on: ['in_app', 'mail', 'digest'], ...quiet },
  api_key_expiring: { roles: studioRoles, on: ['in_app', 'mail', 'digest'], ...quiet },
  studio_deletion: { roles, on: ['in_app', 'mail', 'push'], urgent: false, personal: false, always: 'mail' },
  platform_acting: { roles: ['admin'], on: ['in_app', 'mail'], urgent: true, personal: false, always: 'in_app' },
  domain_lapsed: { roles: leads, on: ['in_app', 'mail', 'push'], urgent: true, personal: false },
  message_received: {
    roles: [...leads, 'artist', ...accountRoles],
    on: ['in_app', 'mail', 'push', 'digest'],
    urgent: false,
    personal: true,
  },
  photo_added: { roles: [...leads, 'artist'], on: ['in_app', 'push', 'digest'], ...quiet },
}

/** The kinds a role is asked about, in the order of the catalogue. */
export function kindsFor(role: Role): NotificationKind[] {
  const kinds = Object.keys(notificationCatalogue) as NotificationKind[]
  return kinds.filter((kind) => notificationCatalogue[kind].roles.includes(role))
}

/** What differs from the catalogue: `{build_failed: {sms: true}}`. */
export type Choices = Partial<Record<NotificationKind, Partial<Record<Channel, boolean>>>>

/** Whether a person hears of a kind on a channel. */
export function wants(choices: Choices, kind: NotificationKind, channel: Channel): boolean {
  if (notificationCatalogue[kind].always === channel) return true
  return choices[kind]?.[channel] ?? notificationCatalogue[kind].on.includes(channel)
}

/** Where one message of a project's conversation is read and answered. */
export function messagePlace(projectId: string, messageId: string): string {
  return `/projects/${projectId}?tab=messages#message-${messageId}`
}

/** Where one comment on a version is read and answered. */
export function commentPlace(versionId: string, commentId: string): string {
  return `/review/${versionId}#comment-${commentId}`
}

/** The page of the studio that a notification is about. */
export function placeOf(kind: NotificationKind, projectId: string | null, data: EventData = {}): string {
  if (kind === 'domain_lapsed') return '/settings/games'
  if (kind === 'studio_deletion') return '/settings/studio'
  if (kind === 'platform_acting') return '/activity'
  if (kind === 'api_key_expiring') return '/settings/api-keys'
  if ((kind === 'version_added' || kind === 'version_waiting') && typeof data['versionId'] === 'string')
    return `/review/${data['versionId']}`
  if (kind.startsWith('comment_') && typeof data['versionId'] === 'string')
    return commentPlace(data['versionId'], String(data['commentId'] ?? ''))
  if (!projectId) return '/notifications'
  if (kind === 'message_received') return messagePlace(projectId, String(data['messageId'] ?? ''))
  const part: Partial<Record<NotificationKind, string>> = {
    asset_rejected: '/assets',
    photo_added: '/assets',
    build_passed: '/builds',
    build_failed: '/builds',
    review_approved: '/review',
    review_changes_requested: '/review',
    url_deployed: '/address',
    url_expiring: '/address',
    url_expired: '/address',
  }
  return `/projects/${projectId}${part[kind] ?? ''}`
}

const clock = text(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Must be a time of day as HH:MM.' })
  .meta({ examples: ['22:00'] })
const weekday = z.int().min(0).max(6).meta({ description: '0 is Sunday.' })

export const quietHours = z
  .object({
    from: clock,
    until: clock.meta({ description: 'Earlier than or equal to `from`: on the next day.' }),
    weekdays: z.array(weekday).min(1).max(7).meta({ description: 'The days on which a silence begins.' }),
    urgentPasses: z.boolean(),
  })
  .refine(({ from, until, weekdays }) => from !== until || new Set(weekdays).size < 7, {
    error: 'That is a silence without end. Turn channels off instead.',
    path: ['until'],
  })
  .meta({ id: 'QuietHours' })
export type QuietHours = z.infer<typeof quietHours>

export const digestPlan = z
  .object({ every: z.enum(['never', 'day', 'week']), hour: z.int().min(0).max(23), weekday })
  .meta({ id: 'DigestPlan', description: 'In the time zone of your profile; `weekday` matters for `week` only.' })
export type DigestPlan = z.infer<typeof digestPlan>

export const choice = z.object({ kind: z.enum(notificationKinds), channel: z.enum(channels), on: z.boolean() })
export type Choice = z.infer<typeof choice>

/** Why a message did not go out. */
export const deliveryStatuses = ['waiting', 'sent', 'failed', 'skipped'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

export const preferencesView = z
  .object({
    choices: z.array(choice).meta({ description: 'Every kind you can get, on every channel.' }),
    quietHours: quietHours.nullable(),
    digest: digestPlan,
    mentionsPassMute: z.boolean().meta({ description: 'Whether what is meant for you by name passes muted projects.' }),
    timeZone: z.string(),
    phone: z.object({ number: z.string(), confirmed: z.boolean() }).nullable(),
    pushKey: z.string().nullable().meta({ description: 'The VAPID key of this installation; null: no web push.' }),
    troubles: z
      .array(z.object({ channel: z.enum(outsideChannels), at: time, failure: z.string() }))
      .meta({ description: 'The newest message of the last week on each channel that did not reach you.' }),
    version,
  })
  .meta({ id: 'NotificationPreferences' })
export type PreferencesView = z.infer<typeof preferencesView>

export const preferencesInput = z
  .object({
    choices: z.array(choice).max(200).meta({ description: 'What is left out goes back to its default.' }),
    quietHours: quietHours.nullable(),
    digest: digestPlan,
    mentionsPassMute: z.boolean(),
  })
  .meta({ id: 'ReplaceNotificationPreferencesInput' })
export type PreferencesInput = z.infer<typeof preferencesInput>

export const muteView = z.object({ muted: z.boolean() }).meta({ id: 'ProjectMute' })

/** A number for text messages in international form (ITU-T E.164); spaces and dashes are dropped. */
export const mobile = text(40)
  .transform((value) => value.replaceAll(/[\s()./-]/g, ''))
  .pipe(
    z.string().regex(/^\+[1-9]\d{6,14}$/, {
      error: 'Write the number with + and the country code, for example +44 7700 900123.',
    }),
  )
export const phoneInput = z.object({ phone: mobile }).meta({ id: 'SetPhoneInput' })
export const phoneCodeInput = z
  .object({
    code: text(6)
      .regex(/^\d{6}$/)
      .meta({ examples: ['042917'] }),
  })
  .meta({ id: 'PhoneCodeInput' })
export const phoneView = z.object({ number: z.string(), confirmed: z.boolean() }).meta({ id: 'Phone' })

const keyPart = text(200).regex(/^[\w-]+={0,2}$/)
/** A browser's subscription as `PushSubscription.toJSON()` gives it (W3C Push API). */
export const pushSubscriptionInput = z
  .object({
    endpoint: text(1000).pipe(z.url({ protocol: /^https?$/ })),
    keys: z.object({ p256dh: keyPart, auth: keyPart }),
  })
  .meta({ id: 'AddPushSubscriptionInput' })
export const pushSubscriptionView = z
  .object({ id, device: z.string(), createdAt: time })
  .meta({ id: 'PushSubscription' })
export const pushSubscriptionList = wholeListOf(pushSubscriptionView)

export const deliveryView = z
  .object({
    id,
    channel: z.enum(outsideChannels),
    kind: z.string(),
    recipient: z.object({ userId: id.nullable(), name: z.string() }),
    projectId: id.nullable(),
    status: z.enum(deliveryStatuses),
    attempts: z.int(),
    failure: z.string().nullable(),
    createdAt: time,
    dueAt: time.nullable().meta({ description: 'When it is tried next, or for the first time after quiet hours.' }),
    sentAt: time.nullable(),
  })
  .meta({ id: 'NotificationDelivery' })
export type DeliveryView = z.infer<typeof deliveryView>
export const deliveryList = listOf(deliveryView)
export const listDeliveriesQuery = pageQuery.extend({
  ...sortedBy('-createdAt', 'createdAt'),
  status: z.enum(deliveryStatuses).default('failed'),
})

export const unsubscribeParams = z.object({ token: text(400, 10) })
export const unsubscribeView = z
  .object({
    kinds: z.array(z.string()).meta({ description: 'Several where a mail brought news of several kinds.' }),
    channel: z.enum(channels),
    studioName: z.string(),
    subscribed: z.boolean().meta({ description: 'Whether any of them still comes.' }),
  })
  .meta({ id: 'MailSubscription' })
