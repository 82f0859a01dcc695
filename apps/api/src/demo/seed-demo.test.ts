import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectStatuses } from '@sparkle/shared/projects'
import { type Api, startApi } from '../../test/harness.ts'
import { demoPassword } from './people.ts'
import { seedDemo } from './seed-demo.ts'

let api: Api
const complaints: string[] = []
const note = (_facts: object, message: string) => void complaints.push(message)
const log = { info: () => undefined, warn: note, error: note }

beforeAll(async () => {
  api = await startApi()
  await seedDemo(api.deps, String(api.owner.options.connectionString), log)
})
afterAll(() => api.close())

test('everybody of the demo can sign in', async () => {
  for (const name of ['super', 'admin', 'manager', 'artist', 'moderator', 'client']) {
    const reply = await api
      .as(null)
      .post('/auth/login')
      .send({ email: `${name}@sparkle.test`, password: demoPassword })
    expect(reply.status, name).toBe(200)
  }
})

test('there are projects in every status, and one game is live', async () => {
  const { rows } = await api.owner.query<{ status: string; count: number }>(
    'select status, count(*)::int from projects group by 1',
  )
  expect(new Set(rows.map((row) => row.status))).toEqual(new Set(projectStatuses))
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBeGreaterThanOrEqual(12)
  const urls = await api.owner.query('select slug, status from urls')
  expect(urls.rows).toEqual([{ slug: 'buttercup', status: 'active' }])
  expect(complaints).toEqual([])
})

test('the customer is asked to look at the second version of a game and at its sprite, and there is talk about them', async () => {
  const { rows } = await api.owner.query('select kind, number, status from deliverable_versions order by kind, number')
  expect(rows).toEqual([
    { kind: 'build', number: 1, status: 'changes_requested' },
    { kind: 'build', number: 2, status: 'waiting' },
    { kind: 'sprite', number: 1, status: 'waiting' },
  ])
  const said = await api.owner.query(
    `select coalesce(anchor_kind, 'none') as anchor, count(*)::int, count(resolved_at)::int as resolved,
      bool_or(internal) as internal from version_comments where parent_id is null group by 1 order by 1`,
  )
  expect(said.rows).toEqual([
    { anchor: 'moment', count: 1, resolved: 0, internal: false },
    { anchor: 'none', count: 3, resolved: 1, internal: true },
    { anchor: 'point', count: 2, resolved: 1, internal: false },
  ])
})

test('the pets of a client who came back are known, and so is what the artist can do', async () => {
  const { rows } = await api.owner.query(
    `select p.kind, coalesce(u.display_name, p.name) as name, p.breed, count(j.id)::int as projects from profiles p
      left join users u on u.id = p.user_id left join projects j on j.pet_profile_id = p.id group by 1, 2, 3 order by 1, 2`,
  )
  expect(rows).toEqual([
    { kind: 'artist', name: 'Mika Sato', breed: '', projects: 0 },
    { kind: 'pet', name: 'Buttercup', breed: 'Domestic shorthair', projects: 1 },
    { kind: 'pet', name: 'Captain Whiskers', breed: 'Maine Coon', projects: 1 },
  ])
})

test('the customer talks with the studio, and has one message to read', async () => {
  const { body } = await api.as(null).post('/auth/login').send({ email: 'client@sparkle.test', password: demoPassword })
  const unread = await api.as(null).get('/messages/unread').set('authorization', `Bearer ${body.accessToken}`)
  expect(unread.body.items).toMatchObject([{ petName: 'Captain Whiskers', count: 1 }])
})

test('its figures over time have something to tell', async () => {
  const login = await api.as(null).post('/auth/login').send({ email: 'manager@sparkle.test', password: demoPassword })
  const get = (path: string) => api.as(null).get(path).set('authorization', `Bearer ${login.body.accessToken}`)
  const { totals, artists } = (await get('/dashboard/figures')).body
  for (const key of ['ordered', 'completed', 'cycleDays', 'onTimeShare', 'plays'])
    expect([key, totals[key].value > 0, totals[key].before > 0]).toEqual([key, true, true])
  expect(totals.cycleDays.value).toBeLessThan(totals.leadDays.value)
  expect(artists.length).toBeGreaterThan(1)
  const [url] = (await get('/urls')).body.items
  const { builds, devices, referrers } = (await get(`/urls/${url.id}/analytics`)).body
  expect([builds.length, referrers.length, devices.phone > devices.desktop]).toEqual([2, 3, true])
  const from = new Date(Date.now() - 125 * 86_400_000).toISOString().slice(0, 10)
  const { totals: ever } = (await get(`/urls/${url.id}/analytics?from=${from}`)).body
  expect([url.viewCount, url.playCount]).toEqual([ever.views, ever.plays])
})

test('seeding again changes nothing', async () => {
  const count = () =>
    api.owner
      .query(
        `select (select count(*)::int from outbox) as events, (select count(*)::int from users) as users,
           (select md5(string_agg(at::text, ' ' order by id)) from project_status_changes) as moves,
           (select sum(views)::int from game_hours) as views`,
      )
      .then((r) => r.rows)
  const before = await count()
  await seedDemo(api.deps, String(api.owner.options.connectionString), log)
  expect(await count()).toEqual(before)
})

test('what people made of the demo stays, whatever they did to its game', async () => {
  const manager = await api.as(null).post('/auth/login').send({ email: 'manager@sparkle.test', password: demoPassword })
  const token = { authorization: `Bearer ${manager.body.accessToken}` }
  const [url] = (await api.as(null).get('/urls').set(token)).body.items
  expect((await api.as(null).patch(`/urls/${url.id}`).set(token).send({ slug: 'renamed-one' })).status).toBe(200)
  await seedDemo(api.deps, String(api.owner.options.connectionString), log)
  expect((await api.owner.query('select slug from urls')).rows).toEqual([{ slug: 'renamed-one' }])
  expect((await api.as(null).delete(`/projects/${url.projectId}`).set(token)).status).toBe(204)
  await expect(seedDemo(api.deps, String(api.owner.options.connectionString), log)).resolves.toBeUndefined()
})
