import type { CreateProfileInput } from '@sparkle/shared/profiles'
import { and, isNotNull, isNull } from 'drizzle-orm'
import { inTenant, type TenantTx } from '../core/in-tenant.ts'
import { profiles } from '../db/tables/profiles.ts'
import { projects } from '../db/tables/projects.ts'
import { createProfile } from '../modules/profiles/profiles.service.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'

/** What the studio knows of the pets of its one client who came back; by the pet's name. */
const pets: Record<string, Partial<Extract<CreateProfileInput, { kind: 'pet' }>>> = {
  Buttercup: { species: 'Cat', birthday: '2022-04-30', favourites: ['Feather on a string', 'Cream cheese'] },
  'Captain Whiskers': {
    species: 'Cat',
    birthday: '2019-08-12',
    favourites: ['Red herring made of felt'],
    markings: 'A small notch in the left ear.',
  },
}

/** Profiles of the artist and of the pets above, where there is none. */
export async function seedProfiles({ db }: Deps, studio: DemoStudio): Promise<void> {
  const manager = studio.as('manager')
  await inTenant(db, manager, async (tx) => {
    if ((await tx.$count(profiles)) > 0) return
    await createProfile(tx, manager, {
      kind: 'artist',
      userId: studio.as('artist').userId,
      bio: 'Draws cats first, and everything else as if it were one.',
      skills: ['Pixel art', 'Animation'],
      weeklyHours: 30,
    })
    for (const { id, petName } of await projectsOfClients(tx)) {
      const pet = pets[petName]
      if (pet) await createProfile(tx, manager, { ...pet, kind: 'pet', projectId: id })
    }
  })
}

const projectsOfClients = (tx: TenantTx) =>
  tx
    .select({ id: projects.id, petName: projects.petName })
    .from(projects)
    .where(and(isNotNull(projects.accountId), isNull(projects.petProfileId), isNull(projects.deletedAt)))
