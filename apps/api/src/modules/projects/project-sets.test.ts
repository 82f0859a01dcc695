import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const create = async (body: object = {}) => {
  const reply = await api
    .as(manager)
    .post('/projects')
    .send({ petName: 'Rex', ...body })
  expect(reply.status, reply.text).toBe(201)
  return reply.body
}
const idsOf = async (query: string, person = manager) => {
  const reply = await api.as(person).get(`/projects?limit=100&${query}`)
  expect(reply.status, reply.text).toBe(200)
  return (reply.body.items as { id: string }[]).map(({ id }) => id)
}

test('a project has a start and a budget, and its dates may not cross', async () => {
  const made = await create({ startDate: '2027-01-04', deadline: '2027-01-10', budgetHours: 12.5 })
  expect(made).toMatchObject({ startDate: '2027-01-04', budgetHours: 12.5, archivedAt: null })
  const patch = (body: object) => api.as(manager).patch(`/projects/${made.id}`).send(body)
  const crossed = await patch({ startDate: '2027-01-11' })
  expect([crossed.status, crossed.body.code]).toEqual([422, 'project.dates_crossed'])
  expect((await patch({ startDate: '2027-01-11', deadline: null })).status).toBe(200)
})

describe('the archive', () => {
  test('takes a project off the lists and gives it back, on record', async () => {
    const { id } = await create()
    const archive = () => api.as(manager).post(`/projects/${id}/archive`)
    const { status, body } = await archive()
    expect([status, typeof body.archivedAt, body.version]).toEqual([200, 'string', 2])
    expect((await archive()).body.code).toBe('project.archived')
    expect(await idsOf('')).not.toContain(id)
    expect(await idsOf('archived=true')).toEqual([id])
    expect(await idsOf('archived=any')).toContain(id)
    const stale = await api.as(manager).post(`/projects/${id}/unarchive`).set('if-match', '"v1"')
    expect(stale.status).toBe(412)
    expect((await api.as(manager).post(`/projects/${id}/unarchive`)).body.archivedAt).toBeNull()
    expect(await idsOf('')).toContain(id)
    const { rows } = await api.owner.query('select action from audit where entity_id = $1 order by id', [id])
    expect(rows.map(({ action }) => action)).toEqual(['project:created', 'project:archived', 'project:unarchived'])
  })

  test('is closed to an artist who is not on the project', async () => {
    const { id } = await create()
    expect((await api.as(artist).post(`/projects/${id}/archive`)).body.code).toBe('project.not_assigned')
  })
})

test('deadlines are found from a day to another, and those without one', async () => {
  const other = await api.studio()
  const planner = await other.person('manager')
  const made = new Map<string, string>()
  for (const deadline of ['2027-03-31', '2027-04-01', '2027-04-30', '2027-05-01', null]) {
    const { body } = await api.as(planner).post('/projects').send({ petName: 'Bo', deadline })
    made.set(body.id, deadline ?? 'none')
  }
  const days = async (query: string) => (await idsOf(query, planner)).map((id) => made.get(id))
  expect(await days('deadlineFrom=2027-04-01&deadlineBefore=2027-05-01&sort=deadline')).toEqual([
    '2027-04-01',
    '2027-04-30',
  ])
  expect(await days('deadlineFrom=2027-05-01')).toEqual(['2027-05-01'])
  expect(await days('unscheduled=true')).toEqual(['none'])
})

describe('bulk changes', () => {
  const bulk = (person: Person, items: object[]) => api.as(person).post('/projects/bulk').send({ items })

  test('change what they may and say of each other one why not', async () => {
    const [plain, stale, done] = [await create(), await create(), await create()]
    await api.as(manager).patch(`/projects/${stale.id}`).send({ notes: 'Changed meanwhile.' })
    const change = { status: 'in_progress', priority: 'urgent', assignedArtistId: artist.userId }
    const { status, body } = await bulk(manager, [
      { id: stale.id, version: 1, change },
      { id: plain.id, version: 1, change },
      { id: '01900000-0000-7000-8000-000000000000', change },
      { id: done.id, change: { priority: 'low', status: 'complete' } },
    ])
    expect(status).toBe(200)
    expect(body.results.map((one: { status: number; code?: string }) => [one.status, one.code])).toEqual([
      [412, 'version.stale'],
      [200, undefined],
      [404, 'project.not_found'],
      [409, 'project.illegal_transition'],
    ])
    const read = async (id: string) => (await api.as(manager).get(`/projects/${id}`)).body
    expect(await read(plain.id)).toMatchObject({ ...change, version: body.results[1].version })
    expect(await read(stale.id)).toMatchObject({ status: 'backlog', priority: 'normal' })
    // Refused as a whole: its priority, written before the status was refused, went back too.
    expect(await read(done.id)).toMatchObject({ status: 'backlog', priority: 'normal', version: 1 })
    const { rows } = await api.owner.query('select action from audit where entity_id = $1', [done.id])
    expect(rows).toEqual([{ action: 'project:created' }])
  })

  test("keep an artist's rights: own projects only, and no assigning", async () => {
    const [own, foreign] = [await create({ assignedArtistId: artist.userId }), await create()]
    const { body } = await bulk(artist, [
      { id: own.id, change: { priority: 'high' } },
      { id: foreign.id, change: { priority: 'high' } },
    ])
    expect(body.results.map((one: { status: number }) => one.status)).toEqual([200, 403])
    const assigning = await bulk(artist, [{ id: own.id, change: { assignedArtistId: null } }])
    expect(assigning.body.results[0]).toMatchObject({ status: 403, code: 'auth.forbidden' })
  })

  test('refuse nothing to do and the same project twice', async () => {
    const { id } = await create()
    expect((await bulk(manager, [{ id, change: {} }])).status).toBe(422)
    const twice = { id, change: { priority: 'low' } }
    expect((await bulk(manager, [twice, twice])).status).toBe(422)
  })
})

describe('the export', () => {
  test('holds what the filter finds, past one page, and nothing a spreadsheet would run', async () => {
    const other = await api.studio()
    const owner = await other.person('manager')
    for (let i = 0; i < 101; i += 1) {
      const petName = i === 50 ? '=cmd|calc' : `Pet ${i}`
      await api
        .as(owner)
        .post('/projects')
        .send({ petName, customerPhone: '+49 30 1234567', priority: i === 100 ? 'low' : 'normal' })
    }
    const reply = await api.as(owner).get('/projects/export.csv?priority=normal&sort=createdAt')
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(reply.headers['content-disposition']).toContain('attachment')
    const lines = reply.text.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFFid,orderNumber,name,petName,/)
    expect(lines).toHaveLength(101)
    expect(lines[51]).toContain("'=cmd|calc")
    expect(reply.text).not.toMatch(/(^|,)[=+]/m)
    const { rows } = await api.owner.query(
      `select changes from audit where organization_id = $1 and action = 'project:exported'`,
      [other.organizationId],
    )
    expect(rows).toHaveLength(1)
  })

  test('a search does not end at the thousand that a list looks at', async () => {
    const { organizationId, person } = await api.studio()
    const owner = await person('manager')
    await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config)
       select $1, gen_random_uuid(), 'Legion', 'Legion', 'express', '{}' from generate_series(1, 1002)`,
      [organizationId],
    )
    const { text } = await api.as(owner).get('/projects/export.csv?q=legion').expect(200)
    expect(text.trimEnd().split('\r\n')).toHaveLength(1003)
  })

  test('is not for those who may not read orders', async () => {
    expect((await api.as(artist).get('/projects/export.csv')).status).toBe(403)
  })
})
