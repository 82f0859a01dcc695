import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SystemActor } from '../../core/actor.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { startApi, type Api, type Person, type TestStudio } from '../../../test/harness.ts'
import { sweepUrls } from './urls.sweeps.ts'

let api: Api
let studio: TestStudio
let manager: Person
let projectId: string

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  projectId = (await api.as(manager).post('/projects').send({ petName: 'Chelsea' }).expect(201)).body.id
})
afterAll(() => api.close())

function sweep(of = studio): Promise<number> {
  const actor: SystemActor = { kind: 'system', organizationId: of.organizationId, job: 'urls' }
  return inTenant(api.deps.db, actor, (tx) => sweepUrls(tx, actor))
}

async function reserve(slug: string) {
  return (await api.as(manager).post(`/projects/${projectId}/urls`).send({ slug }).expect(201)).body.id as string
}

async function live(slug: string): Promise<string> {
  const id = await reserve(slug)
  const buildId = newId()
  await api.owner.query(
    `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status)
     values ($1, $2, $3, (select count(*) + 1 from builds where project_id = $3), 'catcher', '1.0.0', '{}', '{}', 'passed')`,
    [studio.organizationId, buildId, projectId],
  )
  await api.as(manager).post(`/urls/${id}/deploy`).send({ buildId }).expect(200)
  return id
}

const age = (id: string, column: 'expires_at' | 'ended_at', interval: string) =>
  api.owner.query(`update urls set ${column} = now() - $2::interval where id = $1`, [id, interval])
const statusOf = async (id: string) => (await api.as(manager).get(`/urls/${id}`)).body.status as string
const eventsOf = async (id: string) =>
  (await api.owner.query(`select type from outbox where data ->> 'urlId' = $1 order by created_at`, [id])).rows.map(
    (row) => row.type,
  )

test('a reservation that nobody used is given up, once, and its name is free', async () => {
  const [stale, fresh] = [await reserve('stale-one'), await reserve('fresh-one')]
  await age(stale, 'expires_at', '1 second')
  expect(await sweep(await api.studio())).toBe(0)
  expect(await statusOf(stale)).toBe('reserved')
  expect(await sweep()).toBe(1)
  expect(await sweep()).toBe(0)
  expect(await statusOf(stale)).toBe('deleted')
  expect(await statusOf(fresh)).toBe('reserved')
  expect(await eventsOf(stale)).toEqual(['url:reserved', 'url:deleted'])
  await reserve('stale-one')
})

test('a live address past its term expires, can be renewed, and after a year is gone', async () => {
  const id = await live('old-friend')
  await age(id, 'expires_at', '1 second')
  expect(await sweep()).toBe(1)
  expect(await sweep()).toBe(0)
  expect(await statusOf(id)).toBe('expired')
  expect(await eventsOf(id)).toEqual(['url:reserved', 'url:deployed', 'url:expired'])
  await api
    .as(manager)
    .patch(`/urls/${id}`)
    .send({ slug: 'new-friend' })
    .expect(409, /url.expired/)
  await api
    .as(manager)
    .post(`/urls/${id}/rollback`)
    .expect(409, /url.expired/)

  const renewed = (await api.as(manager).post(`/urls/${id}/renew`).expect(200)).body
  expect(renewed.status).toBe('active')
  expect(Date.parse(renewed.expiresAt)).toBeGreaterThan(Date.now() + 360 * 86_400_000)
  expect(await sweep()).toBe(0)

  await age(id, 'expires_at', '1 second')
  await sweep()
  await age(id, 'ended_at', '364 days')
  expect(await sweep()).toBe(0)
  await age(id, 'ended_at', '367 days')
  expect(await sweep()).toBe(1)
  expect(await statusOf(id)).toBe('deleted')
  const other = (await api.as(manager).post('/projects').send({ petName: 'Milo' })).body.id
  await api.as(manager).post(`/projects/${other}/urls`).send({ slug: 'old-friend' }).expect(201)
})

test('a term that ends soon is told of twice in all, and again after it was renewed', async () => {
  const id = await live('ending-soon')
  const endsIn = (days: number) =>
    api.owner.query('update urls set expires_at = now() + make_interval(days => $2) where id = $1', [id, days])
  const warnings = async () =>
    (
      await api.owner.query<{ days: number }>(
        "select (data ->> 'days')::int as days from outbox where type = 'url:expiring' and data ->> 'urlId' = $1 order by created_at",
        [id],
      )
    ).rows.map(({ days }) => days)
  await endsIn(31)
  expect(await sweep()).toBe(0)
  await endsIn(29)
  expect([await sweep(), await sweep()]).toEqual([1, 0])
  await endsIn(6)
  expect([await sweep(), await sweep()]).toEqual([1, 0])
  expect(await warnings()).toEqual([30, 7])
  const before = (await api.as(manager).get(`/urls/${id}`)).body.version
  await api.as(manager).post(`/urls/${id}/renew`).set('if-match', `"v${before}"`).expect(200)
  expect(await sweep()).toBe(0)
  await endsIn(5)
  expect([await sweep(), await sweep()]).toEqual([1, 0])
  expect(await warnings()).toEqual([30, 7, 7])
})

test('former names rest as long as the address and are then given up', async () => {
  const id = await live('first-name')
  await api.as(manager).patch(`/urls/${id}`).send({ slug: 'second-name' }).expect(200)
  await api.as(manager).delete(`/urls/${id}`).expect(204)
  expect(await sweep()).toBe(0)
  const other = (await api.as(manager).post('/projects').send({ petName: 'Milo' })).body.id
  const take = () => api.as(manager).post(`/projects/${other}/urls`).send({ slug: 'first-name' })
  await take().expect(409)
  await age(id, 'ended_at', '367 days')
  expect(await sweep()).toBe(1)
  expect(await sweep()).toBe(0)
  await take().expect(201)
})

test('two sweepers at once do the work once', async () => {
  const ids = [await live('twice-a'), await live('twice-b'), await live('twice-c')]
  for (const id of ids) await age(id, 'expires_at', '1 second')
  const done = await Promise.all([sweep(), sweep(), sweep()])
  expect(done.reduce((sum, each) => sum + each, 0)).toBe(3)
  for (const id of ids) expect((await eventsOf(id)).filter((type) => type === 'url:expired')).toHaveLength(1)
})
