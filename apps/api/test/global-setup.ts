import type { TestProject } from 'vitest/node'
import { startTestPostgres } from './postgres-server.ts'

/** One real PostgreSQL for the whole run, with one migrated database that every test file clones (about 40 ms). */
export default async function setup(project: TestProject) {
  const { postgres, stop } = await startTestPostgres('sparkle_template')
  project.provide('postgres', postgres)
  return stop
}
