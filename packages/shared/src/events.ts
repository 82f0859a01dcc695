import { z } from 'zod'
import { id, text, time } from './text.ts'

/** The closed list of events: outbox, WebSocket and outgoing webhooks carry these and no others. */
export const eventTypes = [
  'order:received',
  'order:photo:added',
  'project:created',
  'project:updated',
  'project:status:changed',
  'project:assigned',
  'project:deleted',
  'project:restored',
  'project:archived',
  'project:unarchived',
  'project:file:added',
  'project:file:renamed',
  'project:file:deleted',
  'project:import:started',
  'project:import:advanced',
  'project:import:finished',
  'view:saved',
  'view:deleted',
  'asset:added',
  'asset:ready',
  'asset:rejected',
  'asset:updated',
  'asset:deleted',
  'asset:reprocessed',
  'asset:version:added',
  'asset:version:restored',
  'build:queued',
  'build:uploaded',
  'build:started',
  'build:passed',
  'build:failed',
  'build:preview:revoked',
  'version:drafted',
  'version:updated',
  'version:added',
  'version:deleted',
  'review:decision:added',
  'review:approved',
  'review:changes-requested',
  'review:link:created',
  'review:link:updated',
  'review:link:revoked',
  'review:link:opened',
  'comment:added',
  'comment:updated',
  'comment:deleted',
  'comment:resolved',
  'comment:reopened',
  'url:reserved',
  'url:renamed',
  'url:updated',
  'url:renewed',
  'url:deployed',
  'url:approval:overridden',
  'url:rolled-back',
  'url:expiring',
  'url:expired',
  'url:deleted',
  'user:invited',
  'user:invitation:revoked',
  'user:accepted',
  'user:provisioned',
  'user:role:changed',
  'user:deactivated',
  'user:reactivated',
  'user:service:added',
  'user:key:created',
  'user:key:revoked',
  'user:key:expiring',
  'user:grant:added',
  'user:grant:removed',
  'user:profile:saved',
  'user:export:requested',
  'user:erasure:requested',
  'user:erasure:finished',
  'account:created',
  'account:updated',
  'account:merged',
  'account:deleted',
  'account:member:changed',
  'account:pet:saved',
  'studio:updated',
  'studio:role:created',
  'studio:role:updated',
  'studio:role:deleted',
  'studio:domain:added',
  'studio:domain:verified',
  'studio:domain:changed',
  'studio:domain:lapsed',
  'studio:domain:removed',
  'studio:page:updated',
  'studio:logo:changed',
  'studio:suspended',
  'studio:unsuspended',
  'studio:plan:changed',
  'studio:deletion:scheduled',
  'studio:deletion:cancelled',
  'studio:acting:began',
  'studio:acting:ended',
  'studio:sign-in:added',
  'studio:sign-in:changed',
  'studio:sign-in:domain:verified',
  'studio:sign-in:domain:lapsed',
  'studio:sign-in:removed',
  'notification:added',
  'message:added',
  'message:updated',
  'message:deleted',
] as const
export type EventType = (typeof eventTypes)[number]

/** What the events of the feed are about: the first word of their names. */
export const eventNouns = [
  'order',
  'project',
  'asset',
  'build',
  'version',
  'review',
  'comment',
  'url',
  'user',
  'account',
  'studio',
  'message',
] as const
export type EventNoun = (typeof eventNouns)[number]

/**
 * What a customer may see of the own account's projects; everything else is the studio's business. An event whose data
 * say `internal` is the studio's as well, whatever its type.
 */
export const clientEventTypes = [
  'order:received',
  'project:created',
  'project:status:changed',
  'asset:added',
  'asset:ready',
  'build:passed',
  'version:added',
  'review:approved',
  'review:changes-requested',
  'comment:added',
  'comment:updated',
  'comment:deleted',
  'comment:resolved',
  'comment:reopened',
  'url:reserved',
  'url:renamed',
  'url:renewed',
  'url:deployed',
  'url:rolled-back',
  'url:expired',
  'message:added',
  'message:updated',
  'message:deleted',
] as const satisfies readonly EventType[]

/** Presence, typing and how far somebody has read are sent to whoever is connected and never stored. */
export const transientEventTypes = ['user:joined', 'user:left', 'typing', 'message:read'] as const
export type TransientEventType = (typeof transientEventTypes)[number]

/** Events that nobody caused, or that only repeat what is on record already. */
const offTheRecord = ['build:started', 'asset:ready', 'notification:added', 'project:import:advanced'] as const

/** What goes on record and is nobody else's news. */
export const quietActions = [
  'session:created',
  'session:revoked',
  'profile:updated',
  'password:reset',
  'password:changed',
  'email:change:asked',
  'email:change:cancelled',
  'email:changed',
  'email:confirmed',
  'second-factor:enabled',
  'second-factor:disabled',
  'second-factor:codes:renewed',
  'second-factor:reset',
  'asset:downloaded',
  'document:downloaded',
  'attachment:added',
  'attachment:downloaded',
  'version:download:linked',
  'version:downloaded',
  'project:delivery:linked',
  'project:delivered',
  'personal:read',
  'project:exported',
  'audit:exported',
  'audit:restored',
  'notification:sent',
  'url:word:allowed',
  'passkey:added',
  'passkey:renamed',
  'passkey:removed',
  'passkey:refused',
  'identity:linked',
  'identity:unlinked',
  'sign-in:enforcement:bypassed',
  'studio:sign-in:tested',
  'notification:preferences:changed',
  'notification:unsubscribed',
  'notification:delivery:retried',
  'project:muted',
  'project:unmuted',
  'push:subscribed',
  'push:unsubscribed',
  'phone:code:sent',
  'phone:confirmed',
  'phone:removed',
  'studio:founded',
  'user:export:finished',
  'user:export:downloaded',
  'personal:erased',
] as const

/** The closed list of what goes on record: every event that somebody caused, and what is nobody else's news. */
export type AuditAction = Exclude<EventType, (typeof offTheRecord)[number]> | (typeof quietActions)[number]
export const auditActions: readonly AuditAction[] = [
  ...eventTypes.filter((type): type is Exclude<EventType, (typeof offTheRecord)[number]> => !isOffTheRecord(type)),
  ...quietActions,
]

function isOffTheRecord(type: EventType): boolean {
  return (offTheRecord as readonly EventType[]).includes(type)
}

export const notificationKinds = [
  'order_received',
  'project_assigned',
  'project_status_changed',
  'deadline_approaching',
  'asset_rejected',
  'build_passed',
  'build_failed',
  'version_added',
  'review_approved',
  'review_changes_requested',
  'comment_mentioned',
  'comment_replied',
  'comment_added',
  'version_waiting',
  'url_deployed',
  'url_expiring',
  'url_expired',
  'domain_lapsed',
  'message',
  'api_key_expiring',
  'studio_deletion',
  'platform_acting',
  'message_received',
  'photo_added',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Small facts beside the ids, for the feed's sentences: names and statuses, never contact data. */
export const eventData = z.record(z.string().max(40), z.union([z.string().max(500), z.number(), z.boolean(), z.null()]))
export type EventData = z.infer<typeof eventData>

export const eventView = z
  .object({
    seq: z.int().min(1).meta({ description: 'Counts up by one within a studio, without gaps.' }),
    id,
    type: z.enum(eventTypes),
    at: time,
    projectId: id.nullable(),
    actor: z.object({ id: id.nullable(), name: z.string().nullable() }),
    data: eventData,
  })
  .meta({ id: 'Event' })
export type EventView = z.infer<typeof eventView>

/** What a client may say on `GET /events`. */
export const roomPattern = /^(org|(account|project):[0-9a-f-]{36})$/
export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), room: text(60).regex(roomPattern) }),
  z.object({ type: z.literal('unsubscribe'), room: text(60).regex(roomPattern) }),
  z.object({ type: z.literal('typing'), room: text(60).regex(roomPattern) }),
])
export type ClientMessage = z.infer<typeof clientMessage>
