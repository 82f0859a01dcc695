import { sql } from 'drizzle-orm'
import pino from 'pino'
import { readConfig } from './config.ts'
import { openSecrets } from './embedded/secrets.ts'
import { backupKeyOf } from './operations/backup-job.ts'
import { assertIndexKey } from './operations/index-key.ts'
import { restoreBackup } from './operations/restore-backup.ts'
import { BackupError } from './operations/sealed-stream.ts'
import { verifyBackup } from './operations/take-backup.ts'
import { explain, start } from './runtime.ts'

/** `pnpm restore <file> [--force]`: puts a backup back into the configured database and object store. */
const force = process.argv.includes('--force')
const [file] = process.argv.slice(2).filter((word) => !word.startsWith('-'))
try {
  if (!file) throw new BackupError('Which backup? pnpm restore <file> [--force]')
  const config = readConfig(process.env)
  // A start makes and migrates databases: nothing of that for a file that is damaged or of another key.
  await verifyBackup(file, backupKeyOf(config, (await openSecrets(config)).indexKey))
  const { deps, backups, ownerUrl, stop } = await start(
    { ...config, roles: [], demo: false },
    pino({ level: config.logLevel }, pino.destination(2)),
  )
  try {
    if (!ownerUrl) throw new BackupError('DATABASE_OWNER_URL is needed: only the owner may replace everything.')
    const { rows } = await deps.db.execute(sql`select count(*)::int as servers from pg_stat_activity
      where datname = current_database() and application_name ~ '^sparkle-(api|worker|host)'`)
    if (Number(rows[0]?.['servers']) > 0)
      throw new BackupError('A server is running on this database. Stop it before a restore.')
    const figures = await restoreBackup(file, backups.key, { ownerUrl, store: deps.store }, { force })
    console.info('Restored, and every table and every file compared with what was backed up.', figures)
    await assertIndexKey(deps.db)
  } finally {
    await stop()
  }
} catch (error) {
  console.error(error instanceof BackupError ? error.message : (explain(error) ?? error))
  process.exitCode = 1
}
