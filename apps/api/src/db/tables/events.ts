import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { AuditAction, EventData, EventType, NotificationKind } from '@sparkle/shared/events'
import { createdAt, id, moment, organizationId, tenantPolicies } from '../columns.ts'
import { memberships, organizations } from './organizations.ts'

/** Events committed with the change they tell of. They carry no order: the relay gives it after commit. */
export const outbox = pgTable(
  'outbox',
  {
    organizationId: organizationId(),
    id: id(),
    type: text('type').$type<EventType>().notNull(),
    projectId: uuid('project_id'),
    actorId: uuid('actor_id'),
    actorName: text('actor_name'),
    data: jsonb('data').$type<EventData>().notNull(),
    requestId: text('request_id'),
    createdAt: createdAt(),
    /** When the relay numbered it; null means the relay has not seen it. */
    relayedAt: moment('relayed_at'),
    /** When every handler of its type had a durable job. */
    dispatchedAt: moment('dispatched_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('outbox_pending_idx')
      .on(t.organizationId, t.createdAt)
      .where(sql`dispatched_at is null`),
    ...tenantPolicies(),
  ],
)

/** The numbered, append-only log of a studio's events: what feeds, sockets and webhooks read by `after=seq`. */
export const eventLog = pgTable(
  'event_log',
  {
    organizationId: organizationId(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    id: id(),
    type: text('type').$type<EventType>().notNull(),
    projectId: uuid('project_id'),
    actorId: uuid('actor_id'),
    actorName: text('actor_name'),
    data: jsonb('data').$type<EventData>().notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.seq] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    uniqueIndex('event_log_id_key').on(t.organizationId, t.id),
    index('event_log_project_idx').on(t.organizationId, t.projectId, t.seq.desc().nullsFirst()),
    ...tenantPolicies(),
  ],
)

/** What a row of the studio was, by the names of its columns; `core/snapshots.ts` says what is in it. */
export type Snapshot = Record<string, unknown>

/**
 * Who changed what, committed with the change. Nobody may update or delete a row: grants and a trigger say so. In the
 * database it is partitioned by month on the id, whose first 48 bits are the time (RFC 9562): the key needs no second
 * column, and a range of time is a range of ids.
 */
export const audit = pgTable(
  'audit',
  {
    organizationId: organizationId(),
    id: id(),
    action: text('action').$type<AuditAction>().notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id').notNull(),
    projectId: uuid('project_id'),
    actorKind: text('actor_kind').notNull(),
    actorId: uuid('actor_id'),
    changes: jsonb('changes').$type<Record<string, unknown>>().notNull(),
    /** The whole row before and after the change, personal values sealed; null where there was none. */
    before: jsonb('before').$type<Snapshot>(),
    after: jsonb('after').$type<Snapshot>(),
    address: text('address'),
    userAgent: text('user_agent'),
    requestId: text('request_id'),
    at: moment('at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('audit_entity_idx').on(t.organizationId, t.entity, t.entityId, t.id.desc().nullsFirst()),
    index('audit_project_idx').on(t.organizationId, t.projectId, t.id.desc().nullsFirst()),
    index('audit_actor_idx').on(t.organizationId, t.actorId, t.id.desc().nullsFirst()),
    index('audit_action_idx').on(t.organizationId, t.action, t.id.desc().nullsFirst()),
    ...tenantPolicies(),
  ],
)

/**
 * The order and hash chain of the audit rows, written by the relay: HMAC-SHA-256 keyed outside the database. No foreign
 * key to `audit`: a seal has to outlive its row, be it archived after seven years or taken out by somebody.
 */
export const auditSeals = pgTable(
  'audit_seal',
  {
    organizationId: organizationId(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    auditId: uuid('audit_id').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
    sealedAt: moment('sealed_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.seq] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    uniqueIndex('audit_seal_audit_key').on(t.organizationId, t.auditId),
    ...tenantPolicies(),
  ],
)

export const notifications = pgTable(
  'notifications',
  {
    organizationId: organizationId(),
    id: id(),
    userId: uuid('user_id').notNull(),
    kind: text('kind').$type<NotificationKind>().notNull(),
    projectId: uuid('project_id'),
    /** The event it tells of: a handler that runs twice writes one notification. */
    eventId: uuid('event_id').notNull(),
    data: jsonb('data').$type<EventData>().notNull(),
    /** False for those who hear of its kind in other ways only: it is in no list of the app. */
    inApp: boolean('in_app').notNull().default(true),
    readAt: moment('read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex('notifications_event_key').on(t.organizationId, t.eventId, t.userId, t.kind),
    index('notifications_user_idx').on(
      t.organizationId,
      t.userId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    ...tenantPolicies(),
  ],
)

/** Replies kept for 24 hours under the key a script chose; written in the transaction of the change itself. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    organizationId: organizationId(),
    scope: text('scope').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    reply: jsonb('reply').$type<unknown>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.scope, t.key] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('idempotency_keys_created_idx').on(t.organizationId, t.createdAt),
    ...tenantPolicies(),
  ],
)
