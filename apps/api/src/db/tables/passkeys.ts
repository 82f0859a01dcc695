import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  jsonb,
  pgPolicy,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { appRole, createdAt, moment, version } from '../columns.ts'
import { users } from './organizations.ts'
import { ownRows } from './sessions.ts'

/** Public keys of people's authenticators (WebAuthn). They belong to the person, in whichever studio they are. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id').notNull(),
    /** As the authenticator names it, base64url. */
    credentialId: text('credential_id').notNull(),
    /** COSE, base64url. */
    publicKey: text('public_key').notNull(),
    /** The authenticator's count of signatures; 0 for ever where it keeps none. */
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: jsonb('transports').$type<string[]>().notNull().default([]),
    /** Whether it is copied to the person's other devices by their provider. */
    backedUp: boolean('backed_up').notNull().default(false),
    name: text('name').notNull(),
    createdAt: createdAt(),
    lastUsedAt: moment('last_used_at'),
    version: version(),
  },
  (t) => [
    foreignKey({ columns: [t.userId], foreignColumns: [users.id] }),
    uniqueIndex('passkeys_credential_key').on(t.credentialId),
    index('passkeys_user_id_idx').on(t.userId),
    ownRows('own_passkeys'),
  ],
)

/** What was good once and has been used: challenges, states, answers of identity providers. Only `sys` functions see it. */
export const spentTokens = pgTable(
  'spent_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    /** After this moment the token is refused for its age, and the row may go. */
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    index('spent_tokens_expires_at_idx').on(t.expiresAt),
    pgPolicy('nobody', { for: 'select', to: appRole, using: sql`false` }),
  ],
)
