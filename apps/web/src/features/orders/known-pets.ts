import type { PetProfile } from '@sparkle/shared/profiles'
import type { ProjectView } from '@sparkle/shared/projects'

/** A pet of a returning customer, as the form takes it. */
export interface KnownPet {
  /** Tells it from the customer's others; the same as long as it is known in the same way. */
  key: string
  /** Null where only an earlier order speaks of it. */
  petProfileId: string | null
  name: string
  breed: string
  /** A birthday is worth more than what an earlier order said; that one has aged. */
  birthday: string | null
  personality: string
  picture: { url: string; kind: 'sprite' | 'photo' } | null
}

/** Profiles first, then the pets of earlier orders that have none; one of each name. `projects`: the newest first. */
export function knownPets(profiles: readonly PetProfile[], projects: readonly ProjectView[]): KnownPet[] {
  const pictureIn = (some: readonly ProjectView[]) => {
    const shown = some.find(({ thumbUrl }) => thumbUrl !== null)
    return shown?.thumbUrl ? { url: shown.thumbUrl, kind: shown.thumbKind ?? 'photo' } : null
  }
  const pictureNamed = (name: string) => pictureIn(projects.filter((project) => sameName(project.petName, name)))
  const pets = profiles.map(({ id, name, breed, species, birthday, traits, projectIds }): KnownPet => {
    const own = projects.filter((project) => projectIds.includes(project.id))
    const picture = pictureIn(own) ?? pictureNamed(name)
    return { key: id, petProfileId: id, name, breed: breed || species, birthday, personality: traits, picture }
  })
  const profiled = new Set(profiles.flatMap(({ projectIds }) => projectIds))
  for (const project of projects) {
    const { id, petName: name, petBreed: breed, petPersonality: personality } = project
    if (profiled.has(id) || pets.some((pet) => sameName(pet.name, name))) continue
    pets.push({ key: id, petProfileId: null, name, breed, birthday: null, personality, picture: pictureNamed(name) })
  }
  return pets
}

const sameName = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Whole years on a day, both `YYYY-MM-DD`; null before the first birthday. */
export function yearsOn(day: string, birthday: string): number | null {
  const years = Number(day.slice(0, 4)) - Number(birthday.slice(0, 4)) - (day.slice(5) < birthday.slice(5) ? 1 : 0)
  return years > 0 ? years : null
}
