import { sql } from 'drizzle-orm'
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  deliveryStatuses,
  outsideChannels,
  type Choices,
  type DeliveryStatus,
  type DigestPlan,
  type OutsideChannel,
  type QuietHours,
} from '@sparkle/shared/notifications'
import {
  cipherText,
  createdAt,
  id,
  moment,
  now,
  oneOf,
  organizationId,
  tenantPolicies,
  updatedAt,
  version,
} from '../columns.ts'
import { memberships, organizations } from './organizations.ts'
import { projects } from './projects.ts'

/** How a member wants to hear of things. Whoever has no row has the defaults of the catalogue. */
export const notificationSettings = pgTable(
  'notification_settings',
  {
    organizationId: organizationId(),
    userId: uuid('user_id').notNull(),
    /** Only what differs from the catalogue, so that a better default reaches everybody who has not chosen. */
    choices: jsonb('choices').$type<Choices>().notNull().default({}),
    quietHours: jsonb('quiet_hours').$type<QuietHours>(),
    digest: jsonb('digest').$type<DigestPlan>(),
    mentionsPassMute: boolean('mentions_pass_mute').notNull().default(true),
    phoneCipher: cipherText('phone_cipher'),
    phoneConfirmedAt: moment('phone_confirmed_at'),
    /** HMAC of the code that was sent to the number, until it is confirmed. */
    phoneCodeIndex: text('phone_code_index'),
    phoneCodeSentAt: moment('phone_code_sent_at'),
    phoneCodeTries: integer('phone_code_tries').notNull().default(0),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.userId] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    ...tenantPolicies(),
  ],
)

/** Projects a person does not want to hear of. */
export const projectMutes = pgTable(
  'project_mutes',
  {
    organizationId: organizationId(),
    userId: uuid('user_id').notNull(),
    projectId: uuid('project_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.projectId, t.userId] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    ...tenantPolicies(),
  ],
)

/** Browsers that show a person's notifications (RFC 8030). Who knows an endpoint may write to it: it is a secret. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    organizationId: organizationId(),
    id: id(),
    userId: uuid('user_id').notNull(),
    endpointIndex: text('endpoint_index').notNull(),
    /** Endpoint and keys as JSON. */
    subscriptionCipher: cipherText('subscription_cipher').notNull(),
    device: text('device').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex('push_subscriptions_endpoint_key').on(t.organizationId, t.endpointIndex),
    index('push_subscriptions_user_idx').on(t.organizationId, t.userId),
    ...tenantPolicies(),
  ],
)

/**
 * Every message that leaves the app: one row for each event, recipient and channel, kept after it was sent or given up,
 * so that no failure is lost.
 */
export const notificationDeliveries = pgTable(
  'notification_deliveries',
  {
    organizationId: organizationId(),
    id: id(),
    channel: text('channel').$type<OutsideChannel>().notNull(),
    /** `<event>.<recipient>`: what makes a second row for the same thing impossible, and the Message-ID of a mail. */
    key: text('key').notNull(),
    /** Null for those outside the team: a customer, or who is invited. */
    userId: uuid('user_id'),
    /** A notification kind, `digest`, `customer` or `invited`. */
    kind: text('kind').notNull(),
    eventId: uuid('event_id'),
    notificationId: uuid('notification_id'),
    projectId: uuid('project_id'),
    status: text('status').$type<DeliveryStatus>().notNull().default('waiting'),
    /** It waited for the end of quiet hours and goes out together with what else did. */
    held: boolean('held').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    /** When it is taken up next. */
    dueAt: moment('due_at').notNull().default(now),
    failure: text('failure'),
    sentAt: moment('sent_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex('notification_deliveries_key').on(t.organizationId, t.channel, t.key),
    index('notification_deliveries_due_idx')
      .on(t.organizationId, t.dueAt)
      .where(sql`status = 'waiting'`),
    index('notification_deliveries_status_idx').on(
      t.organizationId,
      t.status,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    index('notification_deliveries_user_idx').on(t.organizationId, t.userId, t.channel, t.createdAt),
    oneOf('notification_deliveries_channel_check', t.channel, outsideChannels),
    oneOf('notification_deliveries_status_check', t.status, deliveryStatuses),
    ...tenantPolicies(),
  ],
)
