import { boolean, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { guestScopes, type GuestScope } from '@sparkle/shared/permissions'
import { createdAt, id, moment, now, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { projects } from './projects.ts'

/** Links by which people without an account take part in the review of one project. The link itself is not stored. */
export const guestLinks = pgTable(
  'guest_links',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    label: text('label').notNull().default(''),
    scope: text('scope').$type<GuestScope>().notNull(),
    mayDownload: boolean('may_download').notNull(),
    tokenHash: text('token_hash').notNull(),
    passwordHash: text('password_hash'),
    createdBy: uuid('created_by').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    index('guest_links_project_idx').on(
      t.organizationId,
      t.projectId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    oneOf('guest_links_scope_check', t.scope, guestScopes),
    ...tenantPolicies(),
  ],
)

/** One stay of a guest: the record of a link's use, and what the token of the stay stands for. */
export const guestVisits = pgTable(
  'guest_visits',
  {
    organizationId: organizationId(),
    id: id(),
    linkId: uuid('link_id').notNull(),
    /** As the guest said it. */
    name: text('name').notNull(),
    /** Browser and kind of device, without versions. */
    agent: text('agent').notNull(),
    /** Keyed, and different for each link: it tells visitors of one link apart and says nothing else. */
    addressHash: text('address_hash').notNull(),
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    lastSeenAt: moment('last_seen_at').notNull().default(now),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.linkId], foreignColumns: [guestLinks.organizationId, guestLinks.id] }),
    index('guest_visits_link_idx').on(
      t.organizationId,
      t.linkId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    ...tenantPolicies(),
  ],
)
