import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(() => api.close())

const search = async (q: string, person = manager) => {
  const reply = await api.as(person).get(`/search?q=${encodeURIComponent(q)}`)
  expect(reply.status, reply.text).toBe(200)
  return reply.body as Record<'projects' | 'addresses' | 'people', { id: string; slug?: string }[]>
}

test('finds projects, addresses and people, each as far as the reader may', async () => {
  const customer = await studio.person('owner')
  const artist = await studio.person('artist')
  const make = async (petName: string) => (await api.as(manager).post('/projects').send({ petName })).body.id
  const [mine, other] = [await make('Pumpkin Artistides'), await make('Pumpkin')]
  await api.owner.query('update projects set account_id = $1 where id = $2', [customer.accountId, mine])
  for (const [id, slug] of [
    [mine, 'artful-pumpkin'],
    [other, 'pumpkin-art'],
  ])
    await api.as(manager).post(`/projects/${id}/urls`).send({ slug })
  await api.as(manager).post(`/projects/${other}/archive`)

  const pumpkins = await search('pump')
  expect(pumpkins.projects.map(({ id }) => id).toSorted()).toEqual([mine, other].toSorted())
  expect(pumpkins.addresses.map(({ slug }) => slug)).toEqual(['pumpkin-art', 'artful-pumpkin'])
  expect((await search('Pumpkin ART')).addresses.map(({ slug }) => slug)).toEqual(['pumpkin-art'])
  expect((await search('artist')).people.map(({ id }) => id)).toEqual([artist.userId])
  // An artist may not read the team, a customer sees the own account's.
  expect((await search('artist', artist)).people).toEqual([])
  const theirs = await search('pump', customer)
  expect([theirs.projects.length, theirs.addresses.length, theirs.people.length]).toEqual([1, 1, 0])
  expect(theirs.projects[0]?.id).toBe(mine)
  expect(await search('p')).toEqual({ projects: [], addresses: [], people: [] })
  expect((await search("%'; --")).projects).toEqual([])
})

test('finds nothing of a neighbour', async () => {
  const neighbour = await (await api.studio()).person('admin')
  const found = await search('pumpkin', neighbour)
  expect([found.projects, found.addresses]).toEqual([[], []])
})
