import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import { accountKinds, type AccountKind } from '@sparkle/shared/accounts'
import { plans, type Plan } from '@sparkle/shared/organizations'
import { type Permission, roles, type Role } from '@sparkle/shared/permissions'
import { type BaseRole, baseRoles } from '@sparkle/shared/roles'
import {
  appRole,
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

/** A studio: the tenant. Its own row is visible to its own actors only. */
export const organizations = pgTable(
  'organizations',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique('organizations_slug_key'),
    name: text('name').notNull(),
    tagline: text('tagline').notNull().default(''),
    accent: text('accent'),
    requireApproval: boolean('require_approval').notNull().default(true),
    /** What whoever approves a version ticks, point by point. */
    reviewChecklist: jsonb('review_checklist').$type<string[]>().notNull().default([]),
    /** After how many silent days customers are reminded of a version that waits; 0: never. */
    reviewReminderDays: integer('review_reminder_days').notNull().default(3),
    /** Whose days the studio's figures are told in. */
    timeZone: text('time_zone').notNull().default('UTC'),
    /** A BCP 47 tag: the language of the studio's new games. */
    locale: text('locale').notNull().default('en'),
    nextOrderNumber: integer('next_order_number').notNull().default(1),
    /** What the studio's limits come from; only the platform's people change it. */
    plan: text('plan').$type<Plan>().notNull().default('free'),
    /** `{organizationId}/branding/...`, with a digest: another picture has another key. */
    logoKey: text('logo_key'),
    /** The studio's own words on its order page. */
    orderIntro: text('order_intro').notNull().default(''),
    orderThanks: text('order_thanks').notNull().default(''),
    /** By the platform, with a reason: nobody works in the studio; its games stay. */
    suspendedAt: moment('suspended_at'),
    suspendedReason: text('suspended_reason'),
    /** When the deletion was asked for, and when it is carried out. Until then the studio can only be read. */
    deletionScheduledAt: moment('deletion_scheduled_at'),
    deletionDueAt: moment('deletion_due_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [oneOf('organizations_plan_check', t.plan, plans), ...tenantPolicies('id')],
)

/** Slugs a studio had before: links to its order page go on working, and nobody else gets them. */
export const organizationSlugs = pgTable(
  'organization_slugs',
  {
    organizationId: organizationId(),
    slug: text('slug').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.slug] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    uniqueIndex('organization_slugs_slug_key').on(t.slug),
    ...tenantPolicies(),
  ],
)

/** What a studio uses, counted from time to time by a sweep: the platform's list must not count at each look. */
export const organizationUsage = pgTable(
  'organization_usage',
  {
    organizationId: uuid('organization_id').primaryKey(),
    members: integer('members').notNull(),
    projects: integer('projects').notNull(),
    storageBytes: bigint('storage_bytes', { mode: 'number' }).notNull(),
    liveGames: integer('live_games').notNull(),
    /** Of the last 30 days. */
    plays: integer('plays').notNull(),
    countedAt: moment('counted_at').notNull().default(now),
  },
  (t) => [foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }), ...tenantPolicies()],
)

export type UserKind = 'person' | 'service'

/** People. Global by nature: one person may work for several studios. Visible to the members of a shared studio. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    /** A service account is a member without a person: it has keys and never signs in. */
    kind: text('kind').$type<UserKind>().notNull().default('person'),
    emailCipher: cipherText('email_cipher').notNull(),
    emailIndex: text('email_index').notNull().unique('users_email_index_key'),
    passwordHash: text('password_hash').notNull(),
    /** Grows with every new password; links for resetting name it, so that using one ends all of them. */
    passwordVersion: integer('password_version').notNull().default(1),
    displayName: text('display_name').notNull(),
    avatarKey: text('avatar_key'),
    timeZone: text('time_zone').notNull().default('UTC'),
    locale: text('locale').notNull().default('en'),
    /** Of the release before; `notification_settings` has taken its place. */
    notificationMails: boolean('notification_mails').notNull().default(true),
    isSuperAdmin: boolean('is_super_admin').notNull().default(false),
    emailConfirmedAt: moment('email_confirmed_at'),
    /** Since when signing in takes a code of an app as well; its secret is in `second_factors`. */
    secondFactorAt: moment('second_factor_at'),
    /** The address that takes the place of the present one as soon as its mailbox has answered. */
    pendingEmailCipher: cipherText('pending_email_cipher'),
    pendingEmailIndex: text('pending_email_index'),
    lastSeenAt: moment('last_seen_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    oneOf('users_kind_check', t.kind, ['person', 'service']),
    check('users_service_check', sql`${t.kind} = 'person' or ${t.passwordHash} = '!'`),
    pgPolicy('members_read', {
      for: 'select',
      to: appRole,
      using: sql`id = nullif(current_setting('app.current_user', true), '')::uuid or id in (select m.user_id from memberships m)`,
    }),
    pgPolicy('own_update', {
      for: 'update',
      to: appRole,
      using: sql`id = nullif(current_setting('app.current_user', true), '')::uuid`,
    }),
  ],
)

/** Customers as studios see them: a household or a company, or a team of the studio. */
export const accounts = pgTable(
  'accounts',
  {
    organizationId: organizationId(),
    id: id(),
    name: text('name').notNull(),
    kind: text('kind').$type<AccountKind>().notNull().default('household'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    index('accounts_created_idx').on(t.organizationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('accounts_name_idx').on(t.organizationId, t.name, t.id),
    oneOf('accounts_kind_check', t.kind, accountKinds),
    ...tenantPolicies(),
  ],
)

/** Roles that a studio has made for itself. The base says what kind of member one makes. */
export const customRoles = pgTable(
  'custom_roles',
  {
    organizationId: organizationId(),
    id: id(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    baseRole: text('base_role').$type<BaseRole>().notNull(),
    permissions: text('permissions').array().$type<Permission[]>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    uniqueIndex('custom_roles_name_key').on(t.organizationId, sql`lower(${t.name})`),
    oneOf('custom_roles_base_role_check', t.baseRole, baseRoles),
    ...tenantPolicies(),
  ],
)

export const memberships = pgTable(
  'memberships',
  {
    organizationId: organizationId(),
    userId: uuid('user_id').notNull(),
    role: text('role').$type<Role>().notNull(),
    /** Gives its permissions in place of those of `role`, which is its base then. */
    customRoleId: uuid('custom_role_id'),
    accountId: uuid('account_id'),
    deactivatedAt: moment('deactivated_at'),
    createdAt: createdAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.userId] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    foreignKey({ columns: [t.userId], foreignColumns: [users.id] }),
    foreignKey({ columns: [t.organizationId, t.accountId], foreignColumns: [accounts.organizationId, accounts.id] }),
    foreignKey({
      columns: [t.organizationId, t.customRoleId],
      foreignColumns: [customRoles.organizationId, customRoles.id],
    }),
    index('memberships_user_id_idx').on(t.userId),
    oneOf('memberships_role_check', t.role, roles),
    check('memberships_custom_role_check', sql`custom_role_id is null or role in ('manager', 'artist', 'moderator')`),
    ...tenantPolicies(),
  ],
)

/** Who an account can be reached by. The address is encrypted; the blind index finds an exact one. */
export const contacts = pgTable(
  'contacts',
  {
    organizationId: organizationId(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    name: text('name').notNull(),
    emailCipher: cipherText('email_cipher'),
    emailIndex: text('email_index'),
    phoneCipher: cipherText('phone_cipher'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.accountId], foreignColumns: [accounts.organizationId, accounts.id] }),
    index('contacts_account_idx').on(t.organizationId, t.accountId, t.createdAt),
    uniqueIndex('contacts_email_key').on(t.organizationId, t.emailIndex),
    ...tenantPolicies(),
  ],
)

export const invitations = pgTable(
  'invitations',
  {
    organizationId: organizationId(),
    id: id(),
    emailCipher: cipherText('email_cipher').notNull(),
    emailIndex: text('email_index').notNull(),
    role: text('role').$type<Role>().notNull(),
    invitedBy: uuid('invited_by').notNull(),
    /** Of a customer's person: the account they will belong to. */
    accountId: uuid('account_id'),
    /** Of somebody invited to a project: where they land. Projects stand on this file, so it has no foreign key. */
    projectId: uuid('project_id'),
    /** Grows each time it is sent again; a link names its generation, so that the one before is dead. 0: as it was first sent. */
    generation: integer('generation').notNull().default(0),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    revokedAt: moment('revoked_at'),
    createdAt: createdAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    foreignKey({ columns: [t.organizationId, t.accountId], foreignColumns: [accounts.organizationId, accounts.id] }),
    // One of an address for the team and one for each account, which then does not hear whom others have invited.
    uniqueIndex('invitations_open_key')
      .on(t.organizationId, t.emailIndex, sql`coalesce(account_id, organization_id)`)
      .where(sql`accepted_at is null and revoked_at is null`),
    index('invitations_project_idx').on(
      t.organizationId,
      t.projectId,
      t.createdAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    oneOf('invitations_role_check', t.role, roles),
    check('invitations_account_check', sql`(role in ('owner', 'member')) = (account_id is not null)`),
    ...tenantPolicies(),
  ],
)
