import { sql } from 'drizzle-orm'
import { boolean, foreignKey, pgTable, type PgColumn, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { domainStatuses, type DomainStatus } from '@sparkle/shared/domains'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { organizations } from './organizations.ts'

/** Domains of studios at which their games answer too. Proven ones are one studio's, over all studios. */
export const gameDomains = pgTable(
  'game_domains',
  {
    organizationId: organizationId(),
    id: id(),
    domain: text('domain').notNull(),
    /** What the TXT record has to say. Not a secret: it is published. */
    token: text('token').notNull(),
    status: text('status').$type<DomainStatus>().notNull().default('pending'),
    isPrimary: boolean('is_primary').notNull().default(false),
    verifiedAt: moment('verified_at'),
    checkedAt: moment('checked_at'),
    /** Since when a proven domain's record has been gone. */
    missingSince: moment('missing_since'),
    createdAt: createdAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    uniqueIndex('game_domains_own_key').on(t.organizationId, t.domain),
    uniqueIndex('game_domains_verified_key')
      .on(t.domain)
      .where(sql`status = 'verified'`),
    uniqueIndex('game_domains_primary_key')
      .on(t.organizationId)
      .where(sql`is_primary`),
    oneOf('game_domains_status_check', t.status, domainStatuses),
    ...tenantPolicies(),
  ],
)

/** A studio's own words where one of its games is not, or no longer. */
export const hostingPages = pgTable(
  'hosting_pages',
  {
    organizationId: organizationId().primaryKey(),
    message: text('message').notNull().default(''),
    linkLabel: text('link_label').notNull().default(''),
    linkUrl: text('link_url').notNull().default(''),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }), ...tenantPolicies()],
)

/** The domain that a studio's addresses are given with, or null: a part of a select. */
export function primaryDomainOf(studio: PgColumn) {
  const d = gameDomains
  return sql<string | null>`(
    select ${d.domain} from ${d} where ${d.organizationId} = ${studio} and ${d.isPrimary} and ${d.status} = 'verified')`
}
