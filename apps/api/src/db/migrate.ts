import { fileURLToPath } from 'node:url'
import { migrateSystemDatabase } from '@dbos-inc/dbos-sdk/internal/system_database'
import { GlobalLogger } from '@dbos-inc/dbos-sdk/internal/telemetry/logs'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

const migrationsFolder = fileURLToPath(new URL('../../../../drizzle', import.meta.url))

/** The schema could not be brought up to date; the message says what the owner's role lacks. */
export class MigrationError extends Error {}

/**
 * Brings a database to the newest schema as its owner: roles that are missing, our migrations, then the job engine's
 * schema with grants for the runtime role. Safe to run again and from several processes at once.
 */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('sparkleclassic:migrate'))")
    await ensureRoles(client)
    await migrate(drizzle(client), { migrationsFolder })
    // What DBOS.migrate does, but without a word on the terminal unless something is wrong.
    await migrateSystemDatabase(ownerUrl, new GlobalLogger(undefined, { logLevel: 'warn' }))
    await client.query(jobEngineGrants)
  } finally {
    await client.end()
  }
}

/** What the job engine's runtime needs of its own schema. Stated here because its own way prints every statement. */
const jobEngineGrants = `
  grant usage on schema dbos to app;
  grant all on all tables in schema dbos to app;
  grant all on all sequences in schema dbos to app;
  grant execute on all functions in schema dbos to app;
  alter default privileges in schema dbos grant all on tables to app;
  alter default privileges in schema dbos grant all on sequences to app;
  alter default privileges in schema dbos grant execute on functions to app`

async function ensureRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ missing: string }>(
    "select r as missing from unnest(array['app', 'app_system']) r where not exists (select 1 from pg_roles where rolname = r)",
  )
  for (const { missing } of rows) {
    const options = missing === 'app' ? 'LOGIN' : 'NOLOGIN'
    await client
      .query(`create role ${missing} ${options} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`)
      .catch((cause: Error) => {
        throw new MigrationError(
          `The role "${missing}" is missing and DATABASE_OWNER_URL's role may not create it (${cause.message}). ` +
            `Run as an administrator: create role ${missing} ${options}; grant app_system to the owner's role.`,
        )
      })
  }
  await client.query('grant app_system to current_user with set true')
}
