import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person
let artist: Person
let projectId: string

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  artist = await studio.person('artist')
  const { body } = await api.as(manager).post('/projects').send({ petName: 'Chelsea' }).expect(201)
  projectId = body.id
  await api.as(manager).post(`/projects/${projectId}/urls`).send({ slug: 'chelsea-detail' }).expect(201)
})
afterAll(() => api.close())

const read = (person: Person, include?: string) =>
  api
    .as(person)
    .get(`/projects/${projectId}`)
    .query(include === undefined ? {} : { include })

test('a project comes with the parts that were asked for', async () => {
  const bare = await read(manager)
  expect(bare.body).not.toHaveProperty('urls')
  const { status, body, headers } = await read(manager, 'assets,builds,urls')
  expect([status, headers['etag']]).toEqual([200, `"v${body.version}"`])
  expect(body).toMatchObject({ id: projectId, assets: [], builds: [], urls: [{ slug: 'chelsea-detail', projectId }] })
  expect((await read(manager, 'urls')).body).not.toHaveProperty('builds')
})

test('an unknown part is refused, not passed over', async () => {
  expect((await read(manager, 'assets,tasks')).status).toBe(422)
})

test('each part keeps the rights of its own list', async () => {
  const moderator = await studio.person('moderator')
  const refused = await read(moderator, 'assets')
  expect([refused.status, refused.body.code]).toEqual([403, 'auth.forbidden'])
  expect((await read(moderator)).status, 'control: the project itself').toBe(200)

  const elsewhere = await read(artist, 'assets')
  expect([elsewhere.status, elsewhere.body.code]).toEqual([403, 'project.not_assigned'])
  await api.as(manager).post(`/projects/${projectId}/assign`).send({ userId: artist.userId }).expect(200)
  expect((await read(artist, 'assets')).status, 'control: once assigned').toBe(200)
})

test('a neighbour gets 404, with or without parts', async () => {
  const neighbour = await (await api.studio()).person('admin')
  expect((await read(neighbour)).status).toBe(404)
  expect((await read(neighbour, 'urls')).status).toBe(404)
})
