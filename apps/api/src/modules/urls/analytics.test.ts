import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { recordBeacons, type BeaconRow } from '../../db/system.ts'
import { startApi, type Api, type Person, type TestStudio } from '../../../test/harness.ts'

let api: Api
let studio: TestStudio
let manager: Person
let urlId: string

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
  const project = await api.as(manager).post('/projects').send({ petName: 'Chelsea' })
  urlId = (await api.as(manager).post(`/projects/${project.body.id}/urls`).send({ slug: 'counted' }).expect(201)).body
    .id
})
afterAll(() => api.close())

function beacon(loadId: string, type: string, at: string, more: Partial<BeaconRow> = {}): BeaconRow {
  const common = { organizationId: studio.organizationId, urlId, buildId: null, visitor: `visitor of ${loadId}` }
  return { ...common, loadId, type, at, score: null, seconds: null, referrerHost: null, ...more }
}

test('counts views, visitors, plays, time and scores, fills gaps and ranks referrers', async () => {
  const anna = { visitor: 'anna' }
  const batch = [
    beacon('load-1', 'view', '2026-03-01T23:59:59.999Z', { ...anna, referrerHost: 'a.example' }),
    beacon('load-1', 'start', '2026-03-01T23:59:59.999Z', anna),
    beacon('load-1', 'visible', '2026-03-02T00:00:30Z', { ...anna, seconds: 20 }),
    beacon('load-1', 'finish', '2026-03-02T00:01:00Z', { ...anna, seconds: 60, score: 120 }),
    beacon('load-2', 'view', '2026-03-02T10:00:00Z', { ...anna, referrerHost: 'b.example' }),
    beacon('load-3', 'view', '2026-03-04T10:00:00Z', { referrerHost: 'b.example' }),
    beacon('load-3', 'start', '2026-03-04T10:00:05Z'),
    beacon('load-3', 'finish', '2026-03-04T10:00:35Z', { seconds: 30, score: 80 }),
    beacon('load-4', 'view', '2026-03-05T00:00:00Z'),
  ]
  await recordBeacons(api.deps.db, batch)
  const { body } = await api.as(manager).get(`/urls/${urlId}/analytics?from=2026-03-01&to=2026-03-04`).expect(200)
  expect(body.totals).toEqual({ views: 3, visitors: 2, plays: 2, finishes: 2, playSeconds: 90, bestScore: 120 })
  expect(body.series).toEqual([
    { at: '2026-03-01T00:00:00.000000Z', views: 1, plays: 1, finishes: 0 },
    { at: '2026-03-02T00:00:00.000000Z', views: 1, plays: 0, finishes: 1 },
    { at: '2026-03-03T00:00:00.000000Z', views: 0, plays: 0, finishes: 0 },
    { at: '2026-03-04T00:00:00.000000Z', views: 1, plays: 1, finishes: 1 },
  ])
  expect(body.referrers).toEqual([
    { host: 'b.example', views: 2 },
    { host: 'a.example', views: 1 },
  ])
  const hours = (
    await api.as(manager).get(`/urls/${urlId}/analytics?from=2026-03-02&to=2026-03-02&granularity=hour`).expect(200)
  ).body
  expect(hours.series).toHaveLength(24)
  expect(hours.series[10]).toEqual({ at: '2026-03-02T10:00:00.000000Z', views: 1, plays: 0, finishes: 0 })
  const url = (await api.as(manager).get(`/urls/${urlId}`)).body
  expect(url).toMatchObject({ viewCount: 4, playCount: 2 })
})

test('an address nobody has seen has zeros for the last 30 days', async () => {
  const { body } = await api.as(manager).get(`/urls/${urlId}/analytics`).expect(200)
  expect(body.totals).toEqual({ views: 0, visitors: 0, plays: 0, finishes: 0, playSeconds: 0, bestScore: null })
  expect(body.series).toHaveLength(30)
  expect(body.series.at(-1).at.slice(0, 10)).toBe(new Date().toISOString().slice(0, 10))
})

test('ranges are bounded', async () => {
  const ask = (query: string) => api.as(manager).get(`/urls/${urlId}/analytics?${query}`)
  await ask('from=2026-03-05&to=2026-03-04').expect(422, /analytics.range_reversed/)
  await ask('from=1999-01-01').expect(422, /analytics.range_too_long/)
  await ask('from=2026-01-01&to=2026-03-04&granularity=hour').expect(422, /analytics.range_too_long/)
  await ask('from=2026-02-30').expect(422)
  await ask('to=0001-01-01').expect(422)
  await ask('granularity=minute').expect(422)
  await api.as(manager).get(`/urls/${newId()}/analytics`).expect(404)
})
