import { hkdfSync } from 'node:crypto'
import { join, resolve } from 'node:path'
import { type ArchiveStore, createArchiveBucket, createArchiveFolder } from '../adapters/archive-store.ts'
import type { ObjectStore } from '../adapters/object-store.ts'
import type { Config } from '../config.ts'
import { rehearse } from './drill.ts'
import { type BackupFigures, takeBackup } from './take-backup.ts'

export interface BackupJobOptions {
  config: Config
  store: ObjectStore
  indexKey: Buffer
  /** The schema's owner, where this process knows it. */
  ownerUrl: string | undefined
  /** May create databases, where this process knows such a role. */
  adminUrl: string | undefined
}

export interface BackupJob {
  key: Buffer
  keepDays: number
  /** False where no role is known that sees every row. */
  possible: boolean
  /** Takes a backup, copies it to the second places, and forgets those that are too old. */
  run(): Promise<BackupFigures & { copies: string[] }>
  /** Restores the newest backup into a database of its own, which is dropped afterwards; null where there is none. */
  drill(): Promise<(BackupFigures & { name: string }) | null>
}

const namePattern = /^sparkle-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.backup$/
const dayMs = 86_400_000

/** What backups are encrypted with: a key of their own, or one that follows from the installation's. */
export function backupKeyOf({ backup }: Pick<Config, 'backup'>, indexKey: Buffer): Buffer {
  return backup.key ?? Buffer.from(hkdfSync('sha256', indexKey, '', 'sparkleclassic:backup', 32))
}

/** Backups by the operator's settings: into `backups` of the data folder, and from there to the second places. */
export function createBackupJob({ config, store, indexKey, ownerUrl, adminUrl }: BackupJobOptions): BackupJob {
  const { backup } = config
  const folder = join(resolve(config.dataDir), 'backups')
  const databaseUrl = backup.databaseUrl ?? ownerUrl
  const key = backupKeyOf(config, indexKey)
  const first = createArchiveFolder(folder)
  const second: ArchiveStore[] = [
    ...(backup.folder ? [createArchiveFolder(resolve(backup.folder))] : []),
    ...(backup.s3 ? [createArchiveBucket(backup.s3)] : []),
  ]

  return {
    key,
    keepDays: backup.keepDays,
    possible: databaseUrl !== undefined,
    async run() {
      if (!databaseUrl) throw new Error('No role is known that sees every row: set BACKUP_DATABASE_URL.')
      const name = `sparkle-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`
      const path = join(folder, name)
      const figures = await takeBackup({ databaseUrl, store, version: config.version }, path, key)
      for (const place of second) await place.put(name, path)
      for (const place of [first, ...second]) await forgetOld(place, backup.keepDays)
      return { ...figures, copies: second.map(({ kind }) => kind) }
    },
    async drill() {
      const newest = (await backupsIn(first)).at(-1)
      if (!newest) return null
      const figures = await rehearse(join(folder, newest.name), key, { ownerUrl, adminUrl })
      return { ...figures, name: newest.name }
    },
  }
}

/** Backups of ours, the oldest first; whatever else lies there is nobody's business. */
async function backupsIn(place: ArchiveStore) {
  const all = await place.list()
  return all.filter(({ name }) => namePattern.test(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** The newest one stays, however old it is: better an old backup than none. */
async function forgetOld(place: ArchiveStore, keepDays: number): Promise<void> {
  if (keepDays === 0) return
  const old = (await backupsIn(place)).slice(0, -1)
  for (const { name, modifiedAt } of old)
    if (Date.now() - modifiedAt.getTime() > keepDays * dayMs) await place.delete(name)
}
