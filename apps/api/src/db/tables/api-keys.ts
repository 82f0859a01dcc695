import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, organizationId, tenantPolicies, version } from '../columns.ts'
import { memberships } from './organizations.ts'

/** Keys of scripts. The hash is unique over all studios: a request brings nothing else to find its studio by. */
export const apiKeys = pgTable(
  'api_keys',
  {
    organizationId: organizationId(),
    id: id(),
    userId: uuid('user_id').notNull(),
    name: text('name').notNull(),
    prefix: text('prefix').notNull(),
    tokenHash: text('token_hash').notNull(),
    scopes: text('scopes').array().notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at'),
    lastUsedAt: moment('last_used_at'),
    lastUsedAddress: text('last_used_address'),
    revokedAt: moment('revoked_at'),
    revokedBy: uuid('revoked_by'),
    /** Days before its end at which its person was told last. */
    warnedDays: integer('warned_days'),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex('api_keys_token_hash_key').on(t.tokenHash),
    index('api_keys_user_id_idx').on(t.organizationId, t.userId, t.createdAt),
    index('api_keys_expires_at_idx')
      .on(t.organizationId, t.expiresAt)
      .where(sql`revoked_at is null`),
    ...tenantPolicies(),
  ],
)
