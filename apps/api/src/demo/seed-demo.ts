import type { JobLog } from '../core/event-handlers.ts'
import type { Deps } from '../plugins/types.ts'
import { openDemoStudio } from './actors.ts'
import { seedPeople } from './people.ts'
import { neighbourProjects, sparkleProjects } from './project-data.ts'
import { seedConversation } from './seed-conversation.ts'
import { demoSlug, seedGame } from './seed-game.ts'
import { seedHistory } from './seed-history.ts'
import { seedPast } from './seed-past.ts'
import { seedPlays } from './seed-plays.ts'
import { seedProfiles } from './seed-profiles.ts'
import { seedProjects } from './seed-projects.ts'
import { seedReview } from './seed-review.ts'

/** Fills an empty installation with the demo. Each step looks first whether it has been done. */
export async function seedDemo(deps: Deps, ownerUrl: string, log: JobLog): Promise<void> {
  await seedPeople(ownerUrl, deps.crypto)
  const sparkle = await openDemoStudio(deps.db, 'sparkle')
  const neighbour = await openDemoStudio(deps.db, 'neighbour')
  if (neighbour) await seedProjects(deps, neighbour, neighbourProjects)
  if (sparkle) {
    await seedProjects(deps, sparkle, sparkleProjects)
    await seedProfiles(deps, sparkle)
    await seedPast(deps, sparkle)
    await seedGame(deps, sparkle, log)
    await seedReview(deps, sparkle, log)
    await seedConversation(deps, sparkle)
    await seedPlays(deps, sparkle, demoSlug)
  }
  await seedHistory(ownerUrl)
}
