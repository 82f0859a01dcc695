import { sql } from 'drizzle-orm'
import {
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { profileKinds, type ProfileExtra, type ProfileKind } from '@sparkle/shared/profiles'
import { createdAt, id, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { accounts, memberships, organizations } from './organizations.ts'

/** What is known of an artist, who is a member, or of a pet, whose people are an account. `kind` says which columns count. */
export const profiles = pgTable(
  'profiles',
  {
    organizationId: organizationId(),
    id: id(),
    kind: text('kind').$type<ProfileKind>().notNull(),
    userId: uuid('user_id'),
    accountId: uuid('account_id'),
    name: text('name').notNull().default(''),
    bio: text('bio').notNull().default(''),
    skills: text('skills').array().notNull().default([]),
    weeklyHours: doublePrecision('weekly_hours'),
    species: text('species').notNull().default(''),
    breed: text('breed').notNull().default(''),
    birthday: date('birthday', { mode: 'string' }),
    traits: text('traits').notNull().default(''),
    favourites: text('favourites').array().notNull().default([]),
    markings: text('markings').notNull().default(''),
    /** By the Zod schema of its kind. */
    extra: jsonb('extra').$type<ProfileExtra>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    foreignKey({
      columns: [t.organizationId, t.userId],
      foreignColumns: [memberships.organizationId, memberships.userId],
    }),
    foreignKey({ columns: [t.organizationId, t.accountId], foreignColumns: [accounts.organizationId, accounts.id] }),
    uniqueIndex('profiles_user_key').on(t.organizationId, t.userId),
    index('profiles_account_idx').on(t.organizationId, t.accountId),
    index('profiles_created_idx').on(t.organizationId, t.createdAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    oneOf('profiles_kind_check', t.kind, profileKinds),
    check('profiles_person_check', sql`(kind = 'artist') = (user_id is not null)`),
    ...tenantPolicies(),
  ],
)
