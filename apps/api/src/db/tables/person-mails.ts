import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { appRole, cipherText, createdAt, moment, now, oneOf } from '../columns.ts'

/** Everything that is written to a person and not by a studio. */
export const personMailKinds = [
  'passwordReset',
  'passwordChanged',
  'confirmEmail',
  'emailChangeAsked',
  'emailChanged',
  'secondFactorOn',
  'secondFactorOff',
  'secondFactorReset',
  'recoveryCodeUsed',
  'passkeyAdded',
  'passkeyRemoved',
  'passkeyRefused',
  'signInLinked',
  'signInUnlinked',
  'exportReady',
] as const
export type PersonMailKind = (typeof personMailKinds)[number]

/**
 * Mails to people about their sign-in, waiting to be sent. People are no tenant's, so these have an outbox of their own:
 * written in the transaction they tell of, claimed and deleted by the worker through `sys` functions. No row holds a
 * secret: links are signed when the mail is composed.
 */
export const personMails = pgTable(
  'person_mails',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<PersonMailKind>().notNull(),
    /** Who it is for; null where only an address was given that may be nobody's. */
    userId: uuid('user_id'),
    emailIndex: text('email_index'),
    /** Where it goes if not to the person's present address. */
    toCipher: cipherText('to_cipher'),
    facts: jsonb('facts').$type<Record<string, string>>().notNull().default({}),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: moment('next_try_at').notNull().default(now),
    createdAt: createdAt(),
  },
  (t) => [
    index('person_mails_due_idx').on(t.nextTryAt),
    oneOf('person_mails_kind_check', t.kind, personMailKinds),
    pgPolicy('write_only', { for: 'insert', to: appRole, withCheck: sql`true` }),
  ],
)
