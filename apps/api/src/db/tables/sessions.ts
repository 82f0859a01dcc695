import { sql } from 'drizzle-orm'
import { bigint, foreignKey, index, pgPolicy, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { appRole, cipherText, createdAt, moment, now } from '../columns.ts'
import { users } from './organizations.ts'

const own = sql`user_id = nullif(current_setting('app.current_user', true), '')::uuid`
/** Rows of a person: seen and changed by that person only, in whichever studio they are. */
export const ownRows = (name: string) => pgPolicy(name, { for: 'all', to: appRole, using: own, withCheck: own })

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
    /** When the second factor was shown last in this session: dangerous acts want it fresh. */
    secondFactorAt: moment('second_factor_at'),
    /** The studio that somebody of the platform works in as its admin, why, and until when. */
    actingOrganizationId: uuid('acting_organization_id'),
    actingReason: text('acting_reason'),
    actingUntil: moment('acting_until'),
    /** The identity provider that opened it. */
    providerId: uuid('provider_id'),
    /** The one studio it is good for, where that studio's provider opened it. */
    boundOrganizationId: uuid('bound_organization_id'),
  },
  (t) => [
    foreignKey({ columns: [t.userId], foreignColumns: [users.id] }),
    index('sessions_user_id_idx').on(t.userId),
    ownRows('own_sessions'),
  ],
)

/** The secret shared with somebody's app for one-time codes (RFC 6238). Without effect until it is confirmed. */
export const secondFactors = pgTable(
  'second_factors',
  {
    userId: uuid('user_id').primaryKey(),
    secretCipher: cipherText('secret_cipher').notNull(),
    confirmedAt: moment('confirmed_at'),
    /** The step of the last code that was taken: no code is taken twice. */
    lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [foreignKey({ columns: [t.userId], foreignColumns: [users.id] }), ownRows('own_factor')],
)

/** What gets somebody in whose app is lost, each once. Only keyed hashes are kept. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id').notNull(),
    codeHash: text('code_hash').notNull(),
    usedAt: moment('used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.codeHash] }),
    foreignKey({ columns: [t.userId], foreignColumns: [users.id] }),
    ownRows('own_codes'),
  ],
)
