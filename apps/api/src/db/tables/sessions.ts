import { sql } from 'drizzle-orm'
import { foreignKey, index, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { appRole, createdAt, moment, now } from '../columns.ts'
import { users } from './organizations.ts'

/** A signed-in device. One row is one family of refresh tokens; the row holds the newest one and the one before. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    activeOrganizationId: uuid('active_organization_id'),
    refreshHash: text('refresh_hash').notNull(),
    previousRefreshHash: text('previous_refresh_hash'),
    rotatedAt: moment('rotated_at'),
    userAgent: text('user_agent').notNull().default(''),
    address: text('address').notNull().default(''),
    createdAt: createdAt(),
    lastUsedAt: moment('last_used_at').notNull().default(now),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    revokedReason: text('revoked_reason'),
  },
  (t) => [
    foreignKey({ columns: [t.userId], foreignColumns: [users.id] }),
    index('sessions_user_id_idx').on(t.userId),
    pgPolicy('own_sessions', {
      for: 'all',
      to: appRole,
      using: sql`user_id = nullif(current_setting('app.current_user', true), '')::uuid`,
      withCheck: sql`user_id = nullif(current_setting('app.current_user', true), '')::uuid`,
    }),
  ],
)
