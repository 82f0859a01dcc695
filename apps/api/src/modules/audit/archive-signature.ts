import type { Crypto } from '../../core/crypto.ts'
import type { auditArchives } from '../../db/tables/audit.ts'

export type ArchiveRow = typeof auditArchives.$inferSelect
export type ArchiveFacts = Omit<ArchiveRow, 'signature' | 'archivedAt'>

/** HMAC over what an archive's row says, keyed outside the database. */
export function signArchive(crypto: Crypto, facts: ArchiveFacts): string {
  const { organizationId, month, rowCount, firstSeq, lastSeq, storageKey, digest } = facts
  return crypto.seal(
    'audit-archive',
    JSON.stringify([organizationId, month, rowCount, firstSeq, lastSeq, storageKey, digest]),
  )
}

export function isGenuine(crypto: Crypto, row: ArchiveRow): boolean {
  return row.signature === signArchive(crypto, row)
}
