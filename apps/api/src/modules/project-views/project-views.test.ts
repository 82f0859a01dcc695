import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person
let artist: Person

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  artist = await studio.person('artist')
})
afterAll(() => api.close())

const save = async (person: Person, body: object) => api.as(person).post('/project-views').send(body)
const names = async (person: Person) =>
  (await api.as(person).get('/project-views')).body.items.map((view: { name: string }) => view.name)

test('a view keeps filters, order, layout and columns; private ones are their owner’s, shared ones everybody’s', async () => {
  const wish = {
    name: 'Due this week',
    layout: 'board',
    sort: 'deadline',
    filters: { due: 'week', artist: 'me' },
    columns: ['status', 'deadline'],
  }
  const own = await save(artist, wish)
  expect(own.status, own.text).toBe(201)
  expect(own.body).toMatchObject({ ...wish, shared: false, mayChange: true })
  const shared = await save(artist, { name: 'For all', shared: true })
  expect(await names(artist)).toEqual(['Due this week', 'For all'])
  expect(await names(manager)).toEqual(['For all'])

  const colleague = await studio.person('artist')
  const rename = (person: Person, id: string) => api.as(person).patch(`/project-views/${id}`).send({ name: 'Renamed' })
  expect((await rename(colleague, own.body.id)).status).toBe(404)
  expect((await rename(colleague, shared.body.id)).body.code).toBe('project_view.not_yours')
  expect((await rename(manager, shared.body.id)).body).toMatchObject({ name: 'Renamed', version: 2 })
  expect((await api.as(artist).delete(`/project-views/${own.body.id}`)).status).toBe(204)
  expect(await names(artist)).toEqual(['Renamed'])
})

test('two views cannot have one name, nor can a limit be outrun', async () => {
  const person = await studio.person('artist')
  const both = await Promise.all([save(person, { name: 'Mine' }), save(person, { name: 'mine ' })])
  expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'project_view.name_taken'])
  const other = await save(person, { name: 'Other' })
  const taken = await api.as(person).patch(`/project-views/${other.body.id}`).send({ name: 'MINE' })
  expect(taken.body.code).toBe('project_view.name_taken')
  expect((await api.as(person).patch(`/project-views/${other.body.id}`).send({ name: 'other' })).status).toBe(200)
})

test('a studio shares fifty views at most, so that nobody loses sight of their own', async () => {
  const [many, person] = [await api.studio(), 'manager' as const]
  const [one, two] = [await many.person(person), await many.person(person)]
  await api.owner.query(
    `insert into project_views (organization_id, id, owner_id, name, shared, layout, sort, filters)
     select $1, gen_random_uuid(), $2, 'Shared ' || n, true, 'table', '-createdAt', '{}' from generate_series(1, 50) as n`,
    [many.organizationId, one.userId],
  )
  const own = await save(two, { name: 'Mine' })
  expect(own.status).toBe(201)
  expect((await save(two, { name: 'x', shared: true })).body.code).toBe('project_view.too_many_shared')
  const share = await api.as(two).patch(`/project-views/${own.body.id}`).send({ shared: true })
  expect([share.status, share.body.code]).toEqual([409, 'project_view.too_many_shared'])
  expect(await names(two)).toContain('Mine')
})

test('filters and columns nobody knows are refused; customers have no views', async () => {
  expect((await save(manager, { name: 'x', filters: { due: 'someday' } })).status).toBe(422)
  expect((await save(manager, { name: 'x', columns: ['secrets'] })).status).toBe(422)
  expect((await save(manager, { name: ' ' })).status).toBe(422)
  const customer = await studio.person('owner')
  expect((await save(customer, { name: 'x' })).status).toBe(403)
  expect((await api.as(customer).get('/project-views')).status).toBe(403)
})
