import { constants } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { cloneDatabase } from '../../../api/test/database.ts'
import { moveGames } from '../../../api/test/demo-data.ts'
import { type DemoStudio, freePlace, makeDemoFolder, runDemoStudio } from '../../../../tools/lib/demo-studio.ts'

/** What belongs to the database. The mails stay behind: they name the addresses of the studio they came from. */
const belongings = ['secrets.json', 'vapid.key', 'objects']

/**
 * The real server with all its roles on a copy of the demo (apps/api/test/demo-setup.ts), which takes a tenth of the
 * time that making the demo does. On an empty folder begin tools/start-real.test.ts and many-projects.test.ts.
 */
export async function openStudio(env: Record<string, string> = {}): Promise<DemoStudio> {
  const [database, dataDir, place] = await Promise.all([cloneDatabase(), makeDemoFolder(), freePlace()])
  const remove = async () => {
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const copy = { recursive: true, mode: constants.COPYFILE_FICLONE }
    for (const name of belongings) await cp(join(inject('demoFolder'), name), join(dataDir, name), copy)
    await moveGames(database.ownerUrl, place.gamesUrl)
  } catch (error) {
    await remove()
    throw error
  }
  const connections = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl }
  return runDemoStudio(place, dataDir, { env: { ...connections, ...env }, remove })
}
