import { bigint, date, foreignKey, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { cipherText, createdAt, moment, organizationId, tenantPolicies } from '../columns.ts'
import { organizations } from './organizations.ts'

/**
 * One data key for each person a studio's record tells of, wrapped by the installation's keys. What was sealed under a
 * key that is destroyed can never be read again, though the record itself stays as it is. The row outlives its key, so
 * that nothing more is sealed about somebody who has been erased.
 */
export const personKeys = pgTable(
  'person_keys',
  {
    organizationId: organizationId(),
    /** A user, a contact, an invitation, or the project whose customer has no contact of their own. */
    subjectId: uuid('subject_id').notNull(),
    keyCipher: cipherText('key_cipher'),
    createdAt: createdAt(),
    destroyedAt: moment('destroyed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.subjectId] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    ...tenantPolicies(),
  ],
)

/**
 * A month of a studio's record that lies in the object store. Only with these rows, one for each studio that has rows in
 * it, does `sys.drop_audit_partition` let go of a month. Append-only: they are the proof of what was taken out.
 */
export const auditArchives = pgTable(
  'audit_archive',
  {
    organizationId: organizationId(),
    /** The first day of the month, in UTC. */
    month: date('month', { mode: 'string' }).notNull(),
    rowCount: integer('row_count').notNull(),
    firstSeq: bigint('first_seq', { mode: 'number' }).notNull(),
    lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
    storageKey: text('storage_key').notNull(),
    /** SHA-256 of the stored bytes, read back after writing. */
    digest: text('digest').notNull(),
    /** HMAC over the facts above, keyed outside the database: a forged row does not excuse missing ones. */
    signature: text('signature').notNull(),
    archivedAt: moment('archived_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.month] }),
    foreignKey({ columns: [t.organizationId], foreignColumns: [organizations.id] }),
    ...tenantPolicies(),
  ],
)
