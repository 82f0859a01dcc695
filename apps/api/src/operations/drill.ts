import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrateDatabase } from '../db/migrate.ts'
import { restoreBackup } from './restore-backup.ts'
import type { BackupFigures } from './take-backup.ts'

/** A drill cannot be held here; the message says what is missing. */
export class DrillImpossibleError extends Error {}

const insufficientPrivilege = '42501'

/**
 * Restores a backup into a new database on the same server, compares every table and every file in it with what was
 * written, and drops the database again. Throws {@link DrillImpossibleError} where no database may be made.
 */
export async function rehearse(
  file: string,
  key: Buffer,
  { ownerUrl, adminUrl }: { ownerUrl: string | undefined; adminUrl: string | undefined },
): Promise<BackupFigures> {
  if (!ownerUrl)
    throw new DrillImpossibleError('DATABASE_OWNER_URL is not set, so no database can be made for a drill.')
  const name = `sparkle_drill_${randomBytes(6).toString('hex')}`
  const scratchUrl = Object.assign(new URL(ownerUrl), { pathname: `/${name}` }).href
  const admin = new pg.Client({ connectionString: adminUrl ?? ownerUrl })
  await admin.connect()
  try {
    await createDatabase(admin, name, decodeURIComponent(new URL(ownerUrl).username))
    await migrateDatabase(scratchUrl)
    return await restoreBackup(file, key, { ownerUrl: scratchUrl, store: null })
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.end()
  }
}

async function createDatabase(admin: pg.Client, name: string, owner: string): Promise<void> {
  try {
    await admin.query(`create database ${name} owner ${pg.escapeIdentifier(owner)} template template0`)
  } catch (error) {
    if ((error as { code?: string }).code !== insufficientPrivilege) throw error
    throw new DrillImpossibleError('The owner may not create databases: grant it CREATEDB for restore drills.')
  }
}
