import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '../src/db/migrate.ts'
import { ensureDatabase, rolePasswords } from '../src/embedded/database.ts'
import type { TestPostgres } from './provided-context.ts'
import { startEmbeddedPostgres } from '../src/embedded/postgres.ts'

/** One real PostgreSQL for the whole run, with one migrated database that every test worker clones (about 40 ms). */
export default async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'sparkle-test-'))
  // As root, PostgreSQL runs as another user, who has to get through.
  await chmod(dataDir, 0o755)
  const log = { info: () => undefined, warn: (message: string) => console.warn(message) }
  const server = await startEmbeddedPostgres({ dataDir, fast: true, log })
  const passwords = rolePasswords(server.superUrl)
  const template = 'sparkle_template'
  await ensureDatabase(server.superUrl, passwords, template)
  const ownerUrl = server.urlOf('owner', passwords.owner, template)
  await migrateDatabase(ownerUrl)
  const postgres: TestPostgres = {
    superUrl: server.superUrl,
    ownerUrl,
    appUrl: server.urlOf('app', passwords.app, template),
    template,
  }
  project.provide('postgres', postgres)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
