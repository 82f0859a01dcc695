import type { PetProfile } from '@sparkle/shared/profiles'
import type { ProjectView } from '@sparkle/shared/projects'
import { expect, test } from 'vitest'
import { knownPets, yearsOn } from './known-pets.ts'

const profile = (id: string, name: string, more: Partial<PetProfile> = {}) =>
  ({ id, name, breed: '', species: 'Dog', birthday: null, traits: 'Bold', projectIds: [], ...more }) as PetProfile
const project = (id: string, petName: string, more: Partial<ProjectView> = {}) =>
  ({ id, petName, petBreed: 'Tabby', petPersonality: '', thumbUrl: null, thumbKind: null, ...more }) as ProjectView

test('a pet with a profile is known by it, others by their newest order, each once', () => {
  const pets = knownPets(
    [profile('f1', 'Rex', { projectIds: ['p1', 'p2'] })],
    [
      project('p1', 'Rex'),
      project('p2', 'Rexy', { thumbUrl: '/rex.png', thumbKind: 'sprite' }),
      project('p3', 'Bo', { petBreed: 'Siamese' }),
      project('p4', 'bo ', { thumbUrl: '/bo.jpg' }),
    ],
  )
  expect(pets).toMatchObject([
    { key: 'f1', petProfileId: 'f1', breed: 'Dog', picture: { url: '/rex.png', kind: 'sprite' } },
    { key: 'p3', petProfileId: null, name: 'Bo', breed: 'Siamese', picture: { url: '/bo.jpg', kind: 'photo' } },
  ])
  expect(pets).toHaveLength(2)
})

test('years are whole ones', () => {
  expect(['2026-05-01', '2026-04-30', '2020-06-01'].map((day) => yearsOn(day, '2020-05-01'))).toEqual([6, 5, null])
})
