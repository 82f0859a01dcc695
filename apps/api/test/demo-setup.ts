import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { freePlace, makeDemoFolder, runDemoStudio } from '../../../tools/lib/demo-studio.ts'
import { untilAllIsDone } from './demo-data.ts'
import { startTestPostgres } from './postgres-server.ts'

/**
 * A studio with the demo's data, made once by the server itself and stopped when all that follows from the data is done:
 * the studio of each journey begins as a copy of it (apps/web/e2e/kit/studio.ts).
 */
export default async function setup(project: TestProject) {
  const { postgres, stop } = await startTestPostgres('sparkle_demo')
  const demoFolder = await makeDemoFolder()
  const remove = async () => {
    await stop()
    await rm(demoFolder, { recursive: true, force: true })
  }
  try {
    const env = { DATABASE_URL: postgres.appUrl, DATABASE_OWNER_URL: postgres.ownerUrl }
    // All journeys depend on this one start.
    const options = { env, remove: async () => undefined, readySeconds: 300 }
    const studio = await runDemoStudio(await freePlace(), demoFolder, options)
    try {
      await untilAllIsDone(postgres.ownerUrl)
    } finally {
      await studio.stop()
    }
  } catch (error) {
    await remove()
    throw error
  }
  project.provide('postgres', postgres)
  project.provide('demoFolder', demoFolder)
  return remove
}
