import { sql } from 'drizzle-orm'
import { bigint, index, pgPolicy, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { PlatformAction } from '@sparkle/shared/platform'
import { appRole, createdAt, id, moment, now } from '../columns.ts'

/**
 * What people of the platform did, over all studios; append-only. `studio_id` names a studio and is no tenant: the rows
 * are the platform's, and outlive the studio they tell of.
 */
export const platformLog = pgTable(
  'platform_log',
  {
    id: id().primaryKey(),
    action: text('action').$type<PlatformAction>().notNull(),
    personId: uuid('person_id').notNull(),
    personName: text('person_name').notNull(),
    studioId: uuid('studio_id').notNull(),
    studioName: text('studio_name').notNull(),
    reason: text('reason'),
    detail: text('detail'),
    createdAt: createdAt(),
  },
  (t) => [
    index('platform_log_time_idx').on(t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('platform_log_studio_idx').on(t.studioId, t.createdAt.desc().nullsFirst()),
    pgPolicy('platform_read', {
      for: 'select',
      to: appRole,
      using: sql`exists (select 1 from users u where u.id = nullif(current_setting('app.current_user', true), '')::uuid and u.is_super_admin)`,
    }),
  ],
)

/** Studios that were erased. What is left of one: that it was there, and where the archive of its audit lies. */
export const erasedOrganizations = pgTable(
  'erased_organizations',
  {
    id: id().primaryKey(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    auditKey: text('audit_key').notNull(),
    rowCount: bigint('row_count', { mode: 'number' }).notNull(),
    erasedAt: moment('erased_at').notNull().default(now),
    /** When the last of its files was gone. */
    filesErasedAt: moment('files_erased_at'),
  },
  () => [
    pgPolicy('erased_read', { for: 'select', to: appRole, using: sql`true` }),
    pgPolicy('erased_update', { for: 'update', to: appRole, using: sql`true` }),
  ],
)

/** Addresses of games that were erased with their studio: they answer 410, and rest before another pet gets them. */
export const erasedAddresses = pgTable(
  'erased_addresses',
  {
    host: text('host').notNull(),
    slug: text('slug').notNull(),
    erasedAt: moment('erased_at').notNull().default(now),
  },
  (t) => [
    primaryKey({ columns: [t.host, t.slug] }),
    pgPolicy('erased_read', { for: 'select', to: appRole, using: sql`true` }),
  ],
)
