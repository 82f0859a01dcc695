import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { recordBeacons, type BeaconRow } from '../../db/system-games.ts'
import { startApi, type Api, type Person, type TestStudio } from '../../../test/harness.ts'
import { analyticsSweeps } from './analytics.sweeps.ts'
import { rollUpStaleDays } from './hours.queries.ts'

let api: Api
let studio: TestStudio
let manager: Person
let urlId: string
let slugs = 0

beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  manager = await studio.person('manager')
})
afterAll(() => api.close())

/** Days before today, UTC, at a time of day. */
const at = (daysAgo: number, time = '12:00:00') =>
  `${new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)}T${time}Z`
const day = (daysAgo: number) => at(daysAgo).slice(0, 10)

async function newAddress(): Promise<string> {
  const project = await api.as(manager).post('/projects').send({ petName: 'Chelsea' })
  const slug = `counted-${(slugs += 1)}`
  const reply = await api.as(manager).post(`/projects/${project.body.id}/urls`).send({ slug }).expect(201)
  return reply.body.id
}

function beacon(loadId: string, type: string, moment: string, more: Partial<BeaconRow> = {}): BeaconRow {
  const common = { organizationId: studio.organizationId, urlId, buildId: null, visitor: `visitor of ${loadId}` }
  const nothing = { score: null, seconds: null, referrerHost: null, device: null }
  return { ...common, ...nothing, loadId, type, at: moment, ...more }
}
const record = (...batch: BeaconRow[]) => recordBeacons(api.deps.db, batch)
const ask = (query: string) => api.as(manager).get(`/urls/${urlId}/analytics?${query}`)
const system = () => ({ kind: 'system' as const, organizationId: studio.organizationId, job: 'test' })
async function sweep() {
  for (const one of analyticsSweeps) await one.run(api.deps, system())
}
const staleDays = async () =>
  (await api.owner.query('select 1 from game_stale_days where url_id = $1', [urlId])).rowCount

describe('figures', () => {
  beforeAll(async () => {
    urlId = await newAddress()
    const anna = { visitor: 'anna', device: 'phone' as const }
    await record(
      beacon('one', 'view', at(4, '23:59:59.999'), { ...anna, referrerHost: 'a.example' }),
      beacon('one', 'start', at(4, '23:59:59.999'), anna),
      beacon('two', 'view', at(3, '10:00:00'), { ...anna, referrerHost: 'b.example' }),
      beacon('two', 'start', at(3, '10:00:05'), anna),
      beacon('two', 'finish', at(3, '10:01:05'), { ...anna, seconds: 60, score: 120 }),
      beacon('two-2', 'start', at(3, '10:01:10'), anna),
      beacon('two-2', 'finish', at(3, '10:02:10'), { ...anna, seconds: 60, score: 300 }),
      beacon('two', 'visible', at(3, '10:02:30'), { ...anna, seconds: 140 }),
      beacon('two-b', 'view', at(3, '11:00:00'), anna),
      beacon('three', 'view', at(1), { referrerHost: 'b.example', device: 'desktop' }),
      beacon('three', 'start', at(1, '12:00:05')),
      beacon('three', 'finish', at(1, '12:00:35'), { seconds: 30, score: 80 }),
      beacon('four', 'view', at(0, '00:00:00')),
    )
  })

  const range = () => `from=${day(4)}&to=${day(1)}`

  async function expectFigures() {
    const { body } = await ask(range()).expect(200)
    expect(body.totals).toEqual({ views: 4, visitors: 3, plays: 4, finishes: 3, playSeconds: 170, bestScore: 300 })
    const days = body.series.map(({ at: begin, views, visitors, plays, finishes, playSeconds, bestScore }: never) => [
      String(begin).slice(0, 10),
      views,
      visitors,
      plays,
      finishes,
      playSeconds,
      bestScore,
    ])
    expect(days).toEqual([
      [day(4), 1, 1, 1, 0, 0, null],
      [day(3), 2, 1, 2, 2, 140, 300],
      [day(2), 0, 0, 0, 0, 0, null],
      [day(1), 1, 1, 1, 1, 30, 80],
    ])
    expect(body.referrers).toEqual([
      { host: 'b.example', views: 2 },
      { host: 'a.example', views: 1 },
    ])
    expect(body.devices).toEqual({ phone: 3, tablet: 0, desktop: 1 })
    const hours = (await ask(`from=${day(3)}&to=${day(3)}&granularity=hour`).expect(200)).body
    expect(hours.series).toHaveLength(24)
    expect(hours.series[10]).toMatchObject({ at: `${day(3)}T10:00:00.000000Z`, views: 1, visitors: 1, plays: 2 })
    expect(hours.series[11]).toMatchObject({ views: 1, visitors: 0, plays: 0 })
  }

  test('are right at once, counted from the events', async () => {
    expect(await staleDays()).toBe(4)
    await expectFigures()
    const url = (await api.as(manager).get(`/urls/${urlId}`)).body
    expect(url).toMatchObject({ viewCount: 5, playCount: 4 })
  })

  test('are the same after the roll-up, after a second one, and without the events', async () => {
    await sweep()
    expect(await staleDays()).toBe(0)
    await expectFigures()
    await api.owner.query(
      'insert into game_stale_days select distinct organization_id, url_id, hour::date from game_hours',
    )
    await sweep()
    await expectFigures()
    const sums = 'hour, sum(views)::int as views, sum(plays)::int as plays, sum(finishes)::int as finishes'
    const { rows: games } = await api.owner.query(`select ${sums} from game_hours group by hour order by hour`)
    const { rows: studios } = await api.owner.query(`select ${sums} from game_studio_hours group by hour order by hour`)
    expect(studios).toEqual(games)
    await api.owner.query('delete from game_events where url_id = $1', [urlId])
    await expectFigures()
  })

  test('leave as CSV, table by table, and no cell of it runs', async () => {
    const csv = async (part: string) => {
      const reply = await api.as(manager).get(`/urls/${urlId}/analytics.csv?${range()}&part=${part}`).expect(200)
      expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
      return reply.text.replace('\uFEFF', '').split('\r\n')
    }
    expect((await csv('series'))[2]).toBe(`${day(3)}T00:00:00.000000Z,2,1,2,2,140,300`)
    await api.owner.query("update game_hour_referrers set host = '-2+3' where host = 'a.example'")
    expect(await csv('referrers')).toEqual(['host,views', 'b.example,2', "'-2+3,1", ''])
    expect(await csv('devices')).toEqual(['device,views', 'phone,3', 'tablet,0', 'desktop,1', ''])
    expect((await csv('builds'))[0]).toMatch(/^build,digest,firstAt,lastAt,views/)
  })

  test('follow events that come late, and a repeated beacon changes nothing', async () => {
    urlId = await newAddress()
    const late = beacon('late-load', 'view', at(2), { device: 'tablet' })
    await record(beacon('first-load', 'view', at(2)))
    await sweep()
    expect(await record(late, late)).toBe(1)
    expect(await record(late)).toBe(0)
    for (const turn of ['before the roll-up', 'after it']) {
      const thatDay = `from=${day(2)}&to=${day(2)}`
      const { totals, devices } = (await ask(thatDay)).body
      expect([totals.views, totals.visitors, devices.tablet], turn).toEqual([2, 2, 1])
      const ofStudio = (await api.as(manager).get(`/dashboard/figures?${thatDay}`)).body
      expect(ofStudio.totals.views.value, turn).toBe(2)
      await sweep()
    }
  })

  test('take the longest visible time of a load, whatever the order it is told in', async () => {
    urlId = await newAddress()
    const visible = (seconds: number) => beacon('long-load', 'visible', at(1), { seconds })
    expect(await record(visible(20), visible(45))).toBe(1)
    await sweep()
    expect(await record(visible(30), visible(60))).toBe(0)
    expect((await ask(range())).body.totals.playSeconds).toBe(60)
  })

  test('are compared by what was live, builds of the same bytes as one', async () => {
    urlId = await newAddress()
    const { rows } = await api.owner.query('select project_id from urls where id = $1', [urlId])
    const [older, newer, again] = [newId(), newId(), newId()]
    const digests = { [older]: 'a'.repeat(64), [newer]: 'b'.repeat(64), [again]: 'a'.repeat(64) }
    for (const [index, id] of [older, newer, again].entries())
      await api.owner.query(
        `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status, digest)
         values ($1, $2, $3, $4, 'catcher', '1', '{}', '{}', 'passed', $5)`,
        [studio.organizationId, id, rows[0].project_id, index + 1, digests[id]],
      )
    await record(
      beacon('old-1', 'view', at(4), { buildId: older }),
      beacon('old-1', 'finish', at(4), { buildId: older, score: 5 }),
      beacon('new-1', 'view', at(3), { buildId: newer }),
      beacon('new-2', 'view', at(3), { buildId: newer }),
      beacon('back-1', 'view', at(1), { buildId: again }),
    )
    for (const turn of ['from events', 'rolled up']) {
      const { builds } = (await ask(range())).body
      expect(builds, turn).toMatchObject([
        { buildId: newer, digest: digests[newer], number: 2, views: 2, visitors: 2, finishes: 0 },
        { buildId: again, digest: digests[older], number: 3, views: 2, finishes: 1, bestScore: 5 },
      ])
      await sweep()
    }
  })

  test('an address nobody has seen has zeros for the last 30 days', async () => {
    urlId = await newAddress()
    const { body } = await ask('').expect(200)
    expect(body.totals).toEqual({ views: 0, visitors: 0, plays: 0, finishes: 0, playSeconds: 0, bestScore: null })
    expect(body.series).toHaveLength(30)
    expect(body.series.at(-1).at.slice(0, 10)).toBe(day(0))
    expect([body.builds, body.referrers]).toEqual([[], []])
  })

  test('ranges are bounded', async () => {
    await ask('from=2026-03-05&to=2026-03-04').expect(422, /analytics.range_reversed/)
    await ask('from=1999-01-01').expect(422, /analytics.range_too_long/)
    await ask('from=2026-01-01&to=2026-03-04&granularity=hour').expect(422, /analytics.range_too_long/)
    await ask('from=2026-02-30').expect(422)
    await ask('to=0001-01-01').expect(422)
    await ask('granularity=minute').expect(422)
    await api.as(manager).get(`/urls/${newId()}/analytics`).expect(404)
  })
})

test("days are the studio's, also those on which its clocks change", async () => {
  urlId = await newAddress()
  await api.owner.query("update organizations set time_zone = 'America/New_York' where id = $1", [
    studio.organizationId,
  ])
  await record(beacon('evening', 'view', at(2, '02:30:00')), beacon('noon', 'view', at(2, '16:00:00')))
  const { body } = await ask(`from=${day(3)}&to=${day(2)}`).expect(200)
  expect(body.timeZone).toBe('America/New_York')
  expect(body.series.map(({ views }: { views: number }) => views)).toEqual([1, 1])
  const change = (await ask('from=2026-03-08&to=2026-03-08&granularity=hour')).body.series
  expect([change.length, change[0].at]).toEqual([23, '2026-03-08T05:00:00.000000Z'])
  const days = (await ask('from=2026-03-08&to=2026-03-09')).body.series
  expect(days.map(({ at: begin }: { at: string }) => begin)).toEqual([
    '2026-03-08T05:00:00.000000Z',
    '2026-03-09T04:00:00.000000Z',
  ])
  await api.owner.query("update organizations set time_zone = 'UTC' where id = $1", [studio.organizationId])
})

test('nothing that comes in while a day is rolled up is left out', async () => {
  urlId = await newAddress()
  await record(beacon('before', 'view', at(1)))
  let during: Promise<number> | undefined
  await inTenant(api.deps.db, system(), async (tx) => {
    await rollUpStaleDays(tx)
    during = record(beacon('meanwhile', 'view', at(1)))
    await new Promise((resolve) => setTimeout(resolve, 60))
  })
  expect(await during).toBe(1)
  expect(await staleDays()).toBe(1)
  await sweep()
  expect((await ask(`from=${day(1)}&to=${day(1)}`)).body.totals.views).toBe(2)
})

test('events of more than 30 days ago are forgotten, their figures are not', async () => {
  urlId = await newAddress()
  expect(await record(beacon('too-late', 'view', at(40)))).toBe(0)
  await record(beacon('recent', 'view', at(20)))
  await api.owner.query(
    `insert into game_events (organization_id, url_id, load_id, type, visitor, created_at)
     values ($1, $2, 'old-load', 'view', 'v', now() - interval '40 days')`,
    [studio.organizationId, urlId],
  )
  await api.owner.query(
    "insert into game_stale_days values ($1, $2, date_trunc('day', now() - interval '40 days', 'UTC'))",
    [studio.organizationId, urlId],
  )
  await sweep()
  const { rows } = await api.owner.query('select load_id from game_events where url_id = $1', [urlId])
  expect(rows).toEqual([{ load_id: 'recent' }])
  expect((await ask(`from=${day(60)}&to=${day(0)}`)).body.totals.views).toBe(2)
})
