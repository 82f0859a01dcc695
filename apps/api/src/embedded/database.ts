import { createHmac } from 'node:crypto'
import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { migrateDatabase } from '../db/migrate.ts'
import { startEmbeddedPostgres } from './postgres.ts'

export interface OpenedDatabase {
  /** The runtime role's connection. */
  appUrl: string
  /** The owner's connection, where this process has it: always with the embedded server. */
  ownerUrl: string | undefined
  /** May create databases: the superuser of the embedded server. */
  adminUrl: string | undefined
  embedded: boolean
  /** Stops an embedded server; a real one is left alone. */
  stop(): Promise<void>
}

interface Log {
  info(message: string): void
  warn(message: string): void
}

const databaseName = 'sparkleclassic'

/**
 * The database this installation runs on, migrated: the one `DATABASE_URL` names (with `DATABASE_OWNER_URL` for the
 * migrations), else the embedded one under `DATA_DIR`.
 */
export async function openDatabase(config: Config, log: Log): Promise<OpenedDatabase> {
  if (config.databaseUrl) {
    if (config.databaseOwnerUrl) await migrateDatabase(config.databaseOwnerUrl)
    return {
      appUrl: config.databaseUrl,
      ownerUrl: config.databaseOwnerUrl,
      adminUrl: undefined,
      embedded: false,
      stop: async () => undefined,
    }
  }
  const dataDir = resolve(config.dataDir)
  const server = await startEmbeddedPostgres({ dataDir, log })
  try {
    const passwords = rolePasswords(server.superUrl)
    await ensureDatabase(server.superUrl, passwords)
    const ownerUrl = server.urlOf('owner', passwords.owner, databaseName)
    await migrateDatabase(ownerUrl)
    const appUrl = server.urlOf('app', passwords.app, databaseName)
    return { appUrl, ownerUrl, adminUrl: server.superUrl, embedded: true, stop: () => server.stop() }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** The roles' passwords follow from the superuser's, so that one secret file serves the whole embedded server. */
export function rolePasswords(superUrl: string) {
  const secret = decodeURIComponent(new URL(superUrl).password)
  const derive = (role: string) => createHmac('sha256', secret).update(role).digest('base64url')
  return { owner: derive('owner'), app: derive('app') }
}

/** Makes the three roles and the database where they are missing. Safe to run again. */
export async function ensureDatabase(superUrl: string, passwords: { owner: string; app: string }, name = databaseName) {
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    await client.query(`do $$ begin
      if not exists (select 1 from pg_roles where rolname = 'owner') then create role owner login; end if;
      if not exists (select 1 from pg_roles where rolname = 'app') then create role app login; end if;
      if not exists (select 1 from pg_roles where rolname = 'app_system') then create role app_system nologin; end if;
    end $$`)
    await client.query(`alter role owner password ${pg.escapeLiteral(passwords.owner)}`)
    await client.query(`alter role app password ${pg.escapeLiteral(passwords.app)}`)
    await client.query('grant app_system to owner with admin option')
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)} owner owner`)
  } finally {
    await client.end()
  }
}
