import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, moment, oneOf, organizationId, tenantPolicies } from '../columns.ts'
import { assets } from './assets.ts'
import { memberships, organizations } from './organizations.ts'
import { projects } from './projects.ts'

/** Permissions given to one person, or denied them, beside what their role says. Never changed, only deleted. */
export const permissionGrants = pgTable(
  'permission_grants',
  {
    organizationId: organizationId(),
    id: id(),
    userId: uuid('user_id').notNull(),
    effect: text('effect').$type<'allow' | 'deny'>().notNull(),
    permission: text('permission').notNull(),
    projectId: uuid('project_id'),
    assetId: uuid('asset_id'),
    reason: text('reason').notNull(),
    expiresAt: moment('expires_at'),
    grantedBy: uuid('granted_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      columns: [t.organizationId, t.grantedBy],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.organizationId, t.assetId],
      foreignColumns: [assets.organizationId, assets.id],
    }).onDelete('cascade'),
    index('permission_grants_user_idx').on(t.organizationId, t.userId),
    oneOf('permission_grants_effect_check', t.effect, ['allow', 'deny']),
    check('permission_grants_resource_check', sql`project_id is null or asset_id is null`),
    check(
      'permission_grants_permission_check',
      sql`permission ~ '^[a-z-]+:([a-z-]+|[*])$' and permission !~ '^platform:'`,
    ),
    ...tenantPolicies(),
  ],
)
