import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person
let owner: Person
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  ;[manager, owner] = [await studio.person('manager'), await studio.person('owner')]
})
afterAll(() => api.close())

const as = (person = manager) => api.as(person)
const pet = {
  kind: 'pet',
  name: 'Rex',
  species: 'Dog',
  breed: 'Poodle',
  markings: 'A white sock',
  favourites: ['ball'],
}

test('a pet that is known changes under its version and fills in its next project and client', async () => {
  const made = await as()
    .post('/profiles')
    .send({ ...pet, accountId: owner.accountId })
    .expect(201)
  const place = `/profiles/${made.body.id}`
  expect((await as().patch(place).set('if-match', '"v9"').send({ kind: 'pet', name: 'Max' })).status).toBe(412)
  const changed = await as().patch(place).set('if-match', '"v1"').send({ kind: 'pet', birthday: '2020-05-01' })
  expect(changed.body).toMatchObject({ name: 'Rex', birthday: '2020-05-01', markings: 'A white sock', version: 2 })
  expect((await as().patch(place).send({ kind: 'artist', bio: 'x' })).body.code).toBe('profile.other_kind')

  const project = await as().post('/projects').send({ petName: 'Rex', petProfileId: made.body.id }).expect(201)
  expect(project.body).toMatchObject({ petBreed: 'Poodle', accountId: owner.accountId })
  const linked = await as().get(`/profiles?projectId=${project.body.id}`)
  expect(linked.body.items).toMatchObject([{ id: made.body.id, projectIds: [project.body.id] }])
})

test('a project’s pet gets a profile from what the project says', async () => {
  const project = await as().post('/projects').send({ petName: 'Bo', petBreed: 'Tabby', petPersonality: 'Naps' })
  const made = await as().post('/profiles').send({ kind: 'pet', projectId: project.body.id }).expect(201)
  expect(made.body).toMatchObject({ name: 'Bo', breed: 'Tabby', traits: 'Naps', projectIds: [project.body.id] })
})

test('customers see the pets of their own account, and nothing of the team', async () => {
  const stranger = await studio.person('owner')
  const artist = await studio.person('artist')
  const skilled = { kind: 'artist', userId: artist.userId, skills: ['cats'], weeklyHours: 20 }
  const own = await as(artist).post('/profiles').send(skilled).expect(201)
  expect((await as().get(`/profiles?userId=${artist.userId}`)).body.items).toMatchObject([{ skills: ['cats'] }])
  const seen = async (person: Person) => (await as(person).get('/profiles')).body.items.length
  expect([await seen(owner), await seen(stranger)]).toEqual([1, 0])
  expect((await as(owner).get(`/profiles/${own.body.id}`)).status).toBe(404)
})

test('an artist keeps their own profile and nobody else’s, and has one', async () => {
  const [artist, other] = [await studio.person('artist'), await studio.person('artist')]
  const mine = await as(artist).post('/profiles').send({ kind: 'artist', userId: artist.userId }).expect(201)
  expect((await as(artist).post('/profiles').send({ kind: 'artist', userId: other.userId })).body.code).toBe(
    'profile.not_own',
  )
  expect((await as(other).patch(`/profiles/${mine.body.id}`).send({ kind: 'artist', bio: 'x' })).status).toBe(403)
  expect((await as().post('/profiles').send({ kind: 'artist', userId: artist.userId })).body.code).toBe(
    'profile.exists',
  )
  expect((await as().post('/profiles').send({ kind: 'artist', userId: owner.userId })).body.code).toBe(
    'profile.no_artist',
  )
})
