import { sql } from 'drizzle-orm'
import {
  boolean,
  customType,
  date,
  doublePrecision,
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
import { packageTypes, type GameWishes, type PackageType } from '@sparkle/shared/games'
import { approverRules, type ApproverRule } from '@sparkle/shared/reviews'
import { priorities, projectStatuses, type Priority, type ProjectStatus } from '@sparkle/shared/projects'
import {
  cipherText,
  createdAt,
  id,
  moment,
  oneOf,
  organizationId,
  tenantPolicies,
  updatedAt,
  version,
} from '../columns.ts'
import { accounts, contacts, memberships, organizations } from './organizations.ts'
import { profiles } from './profiles.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const projects = pgTable(
  'projects',
  {
    organizationId: organizationId(),
    id: id(),
    name: text('name').notNull(),
    description: text('description').notNull().default(''),
    accountId: uuid('account_id'),
    contactId: uuid('contact_id'),
    petProfileId: uuid('pet_profile_id'),
    customerName: text('customer_name'),
    customerEmailCipher: cipherText('customer_email_cipher'),
    customerEmailIndex: text('customer_email_index'),
    customerPhoneCipher: cipherText('customer_phone_cipher'),
    petName: text('pet_name').notNull(),
    petBreed: text('pet_breed').notNull().default(''),
    petAge: text('pet_age').notNull().default(''),
    petPersonality: text('pet_personality').notNull().default(''),
    packageType: text('package_type').$type<PackageType>().notNull(),
    status: text('status').$type<ProjectStatus>().notNull().default('backlog'),
    statusBeforeHold: text('status_before_hold').$type<ProjectStatus>(),
    priority: text('priority').$type<Priority>().notNull().default('normal'),
    assignedArtistId: uuid('assigned_artist_id'),
    startDate: date('start_date', { mode: 'string' }),
    deadline: date('deadline', { mode: 'string' }),
    budgetHours: doublePrecision('budget_hours'),
    estimatedHours: doublePrecision('estimated_hours'),
    actualHours: doublePrecision('actual_hours').notNull().default(0),
    gameConfig: jsonb('game_config').$type<GameWishes>().notNull(),
    notes: text('notes').notNull().default(''),
    orderNumber: text('order_number'),
    nextBuildNumber: integer('next_build_number').notNull().default(1),
    /** Whether only approved builds go live; null: as the studio says. */
    requireApproval: boolean('require_approval'),
    approvers: text('approvers').$type<ApproverRule>().notNull().default('one'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    completedAt: moment('completed_at'),
    /** Set aside by somebody: still there for whoever asks, but in no list of what is going on. */
    archivedAt: moment('archived_at'),
    deletedAt: moment('deleted_at'),
    version: version(),
    /** What `q` searches. `simple`: names are not words of a language, so nothing is stemmed. */
    search: tsvector('search').generatedAlwaysAs(
      sql`to_tsvector('simple', name || ' ' || pet_name || ' ' || pet_breed || ' ' || coalesce(customer_name, '') || ' ' || coalesce(order_number, '') || ' ' || notes)`,
    ),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    foreignKey({ columns: [t.organizationId, t.accountId], foreignColumns: [accounts.organizationId, accounts.id] }),
    foreignKey({ columns: [t.organizationId, t.contactId], foreignColumns: [contacts.organizationId, contacts.id] }),
    foreignKey({ columns: [t.organizationId, t.petProfileId], foreignColumns: [profiles.organizationId, profiles.id] }),
    foreignKey({
      columns: [t.organizationId, t.assignedArtistId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    uniqueIndex('projects_order_number_key').on(t.organizationId, t.orderNumber),
    index('projects_created_idx').on(t.organizationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('projects_status_idx').on(t.organizationId, t.status, t.createdAt.desc().nullsFirst()),
    index('projects_artist_idx').on(t.organizationId, t.assignedArtistId, t.createdAt.desc().nullsFirst()),
    index('projects_account_idx').on(t.organizationId, t.accountId, t.createdAt.desc().nullsFirst()),
    index('projects_updated_idx').on(t.organizationId, t.updatedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('projects_pet_idx').on(t.organizationId, t.petName, t.id),
    index('projects_deadline_idx').on(t.organizationId, sql`coalesce(${t.deadline}, 'infinity'::date)`, t.id),
    index('projects_deadline_desc_idx').on(
      t.organizationId,
      sql`coalesce(${t.deadline}, '-infinity'::date) desc`,
      t.id.desc().nullsFirst(),
    ),
    index('projects_pet_profile_idx').on(t.organizationId, t.petProfileId),
    index('projects_contact_idx').on(t.organizationId, t.contactId),
    index('projects_email_idx').on(t.organizationId, t.customerEmailIndex),
    index('projects_completed_idx')
      .on(t.organizationId, t.completedAt)
      .where(sql`completed_at is not null`),
    index('projects_search_idx').using('gin', t.organizationId, t.search),
    oneOf('projects_status_check', t.status, projectStatuses),
    oneOf('projects_priority_check', t.priority, priorities),
    oneOf('projects_package_check', t.packageType, packageTypes),
    oneOf('projects_approvers_check', t.approvers, approverRules),
    ...tenantPolicies(),
  ],
)

/**
 * Every move of a project from one status to another, written by a trigger, so that no way of changing a project can
 * forget it. What cycle times are told from. A project's beginning is its `created_at`.
 */
export const projectStatusChanges = pgTable(
  'project_status_changes',
  {
    organizationId: organizationId(),
    id: id().default(sql`gen_random_uuid()`),
    projectId: uuid('project_id').notNull(),
    fromStatus: text('from_status').$type<ProjectStatus>().notNull(),
    toStatus: text('to_status').$type<ProjectStatus>().notNull(),
    at: moment('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    index('project_status_changes_project_idx').on(t.organizationId, t.projectId, t.at),
    ...tenantPolicies(),
  ],
)

/** The customer's order as it came in; the project carries the work on it. */
export const orders = pgTable(
  'orders',
  {
    organizationId: organizationId(),
    id: id(),
    number: text('number').notNull(),
    projectId: uuid('project_id').notNull(),
    accountId: uuid('account_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    consentVersion: text('consent_version').notNull(),
    consentAt: moment('consent_at').notNull(),
    enteredBy: uuid('entered_by'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    foreignKey({ columns: [t.organizationId, t.accountId], foreignColumns: [accounts.organizationId, accounts.id] }),
    foreignKey({ columns: [t.organizationId, t.contactId], foreignColumns: [contacts.organizationId, contacts.id] }),
    uniqueIndex('orders_number_key').on(t.organizationId, t.number),
    uniqueIndex('orders_project_key').on(t.organizationId, t.projectId),
    ...tenantPolicies(),
  ],
)
