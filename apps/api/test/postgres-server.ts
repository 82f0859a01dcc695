import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateDatabase } from '../src/db/migrate.ts'
import { ensureDatabase, rolePasswords } from '../src/embedded/database.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'
import type { TestPostgres } from './provided-context.ts'

/** One real PostgreSQL for a whole run, with a migrated database under the name `template` for others to be cloned from. */
export async function startTestPostgres(
  template: string,
): Promise<{ postgres: TestPostgres; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sparkle-test-'))
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(dataDir, 0o755)
  const log = { info: () => undefined, warn: (message: string) => console.warn(message) }
  const server = await startEmbeddedPostgres({ dataDir, fast: true, log })
  const passwords = rolePasswords(server.superUrl)
  await ensureDatabase(server.superUrl, passwords, template)
  const ownerUrl = server.urlOf('owner', passwords.owner, template)
  await migrateDatabase(ownerUrl)
  const appUrl = server.urlOf('app', passwords.app, template)
  return {
    postgres: { superUrl: server.superUrl, ownerUrl, appUrl, template },
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
