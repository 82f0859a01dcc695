import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordBeacons } from '../../db/system-games.ts'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { figurePeriod } from './figures.rules.ts'

let api: Api
let studio: TestStudio
let manager: Person
let artist: Person
const ids: Record<string, string> = {}
beforeAll(async () => {
  api = await startApi()
  studio = await api.studio()
  ;[manager, artist] = await Promise.all([studio.person('manager'), studio.person('artist')])
})
afterAll(() => api.close())

const at = (daysAgo: number, time = '12:00:00') =>
  `${new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)}T${time}Z`
const day = (daysAgo: number) => at(daysAgo).slice(0, 10)
const ask = (path: string) => api.as(manager).get(`/dashboard/${path}`)

interface Course {
  name: string
  ordered: number
  started?: number
  completed?: number
  due?: number
  packageType?: string
  body?: object
  /** Made by hand or imported: no order. */
  byHand?: boolean
}

/** A project with a past: days ago of its order, first start, completion and deadline. */
async function past({ name, ordered, started, completed, due, packageType = 'custom', body, byHand }: Course) {
  const made = await api
    .as(manager)
    .post('/projects')
    .send({ petName: name, packageType, ...body })
    .expect(201)
  const id: string = made.body.id
  ids[name] = id
  const moves =
    completed === undefined ? ['in_progress'] : ['in_progress', 'review', 'in_progress', 'review', 'complete']
  if (started !== undefined)
    for (const status of moves) await api.as(manager).post(`/projects/${id}/status`).send({ status }).expect(200)
  const moment = (days: number | undefined) => (days === undefined ? null : at(days))
  await api.owner.query(
    'update projects set created_at = $2, completed_at = $3, deadline = $4, order_number = $5 where id = $1',
    [id, at(ordered), moment(completed), due === undefined ? null : day(due), byHand ? null : `SC-${name}`],
  )
  if (started !== undefined)
    await api.owner.query(
      `update project_status_changes set at = case when ctid = (select ctid from project_status_changes
         where project_id = $1 order by at limit 1) then $2::timestamptz else $2::timestamptz + interval '1 hour' end where project_id = $1`,
      [id, at(started)],
    )
}

describe('the business in figures', () => {
  beforeAll(async () => {
    await past({ name: 'Quick', ordered: 12, started: 10, completed: 8, due: 7 })
    await past({ name: 'Steady', ordered: 13, started: 11, completed: 5, due: 5, packageType: 'premium' })
    await past({ name: 'Slow', ordered: 28, started: 22, completed: 2, due: 6 })
    await past({ name: 'Loose', ordered: 9, started: 8, completed: 1 })
    await past({ name: 'Earlier', ordered: 40, started: 30, completed: 20, due: 25 })
    const profile = { kind: 'artist', userId: artist.userId, weeklyHours: 20, skills: ['cats'] }
    await api.as(manager).post('/profiles').send(profile).expect(201)
    const load = { estimatedHours: 10, assignedArtistId: artist.userId }
    await past({ name: 'Open', ordered: 3, started: 2, due: 1, body: load })
    await past({ name: 'Waiting', ordered: 3, body: { assignedArtistId: artist.userId } })
    await past({ name: 'Nobody', ordered: 3, body: { estimatedHours: 4 } })
    await past({ name: 'Gone', ordered: 12, started: 10, completed: 8, due: 20 })
    await past({ name: 'Imported', ordered: 12, packageType: 'express', byHand: true })
    await api.owner.query("update projects set status = 'on_hold' where id = $1", [ids['Imported']])
    await api.as(manager).delete(`/projects/${ids['Gone']}`).expect(204)
    const url = await api.as(manager).post(`/projects/${ids['Quick']}/urls`).send({ slug: 'quick-one' }).expect(201)
    const beacon = (loadId: string, type: string, daysAgo: number) => ({
      organizationId: studio.organizationId,
      urlId: url.body.id as string,
      buildId: null,
      loadId,
      type,
      visitor: loadId,
      score: null,
      seconds: null,
      referrerHost: null,
      device: null,
      at: at(daysAgo),
    })
    await recordBeacons(api.deps.db, [
      beacon('a', 'view', 4),
      beacon('a', 'start', 4),
      beacon('b', 'view', 3),
      beacon('c', 'view', 20),
    ])
  })

  const range = () => `from=${day(14)}&to=${day(0)}`

  test('are told over a period beside the one before', async () => {
    const { body } = await ask(`figures?${range()}`).expect(200)
    expect(body).toMatchObject({ unit: 'day', before: { from: day(29), to: day(15) }, timeZone: 'UTC' })
    expect(body.totals).toMatchObject({
      ordered: { value: 6, before: 1 },
      completed: { value: 4, before: 1 },
      withDeadline: { value: 3, before: 1 },
      onTimeShare: { value: 2 / 3, before: 0 },
      views: { value: 2, before: 1 },
      plays: { value: 1, before: 0 },
    })
    // Lead times 4, 8, 26 and 8 days; work took 2, 6, 20 and 7.
    expect(body.totals.leadDays.value).toBeCloseTo(8)
    expect(body.totals.leadDaysP85.value).toBeCloseTo(8 + 0.55 * 18)
    expect(body.totals.cycleDays.value).toBeCloseTo(6.5)
    expect(body.totals.leadDays.before).toBeCloseTo(20)
    expect(body.series).toHaveLength(15)
    const of = (daysAgo: number) => body.series.find((entry: { day: string }) => entry.day === day(daysAgo))
    expect(of(2)).toMatchObject({ completed: 1, onTime: 0, late: 1 })
    expect(of(5)).toMatchObject({ completed: 1, onTime: 1, late: 0 })
    expect(of(4)).toMatchObject({ views: 1, plays: 1, completed: 0 })
    expect(of(3)).toMatchObject({ ordered: 3, views: 1 })
    expect(body.packages).toEqual([
      { packageType: 'express', ordered: { value: 0, before: 0 } },
      { packageType: 'custom', ordered: { value: 5, before: 1 } },
      { packageType: 'premium', ordered: { value: 1, before: 0 } },
    ])
    expect(body.artists).toEqual([
      {
        userId: artist.userId,
        name: expect.any(String),
        openProjects: 2,
        overdue: 1,
        hoursLeft: 10,
        withoutEstimate: 1,
        weeklyHours: 20,
        skills: ['cats'],
      },
      {
        userId: null,
        name: null,
        openProjects: 1,
        overdue: 0,
        hoursLeft: 4,
        withoutEstimate: 0,
        weeklyHours: null,
        skills: [],
      },
    ])
  })

  test('each leads to the projects behind it, page by page', async () => {
    const behind = async (key: string, more = '') => {
      const names: string[] = []
      const values: (number | null)[] = []
      let cursor = ''
      do {
        const { body } = await ask(`figures/${key}/projects?${range()}${more}&limit=2${cursor}`).expect(200)
        for (const { petName, value } of body.items) {
          names.push(petName)
          values.push(value === null ? null : Math.round(value * 10) / 10)
        }
        cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : ''
      } while (cursor)
      return { names, values }
    }
    expect(await behind('completed')).toEqual({
      names: ['Loose', 'Slow', 'Steady', 'Quick'],
      values: [null, null, null, null],
    })
    expect((await behind('ordered')).names.sort()).toEqual(['Loose', 'Nobody', 'Open', 'Quick', 'Steady', 'Waiting'])
    expect((await behind('ordered', '&packageType=premium')).names).toEqual(['Steady'])
    expect(await behind('leadDays')).toMatchObject({ values: [26, 8, 8, 4] })
    expect(await behind('cycleDays')).toEqual({ names: ['Slow', 'Loose', 'Steady', 'Quick'], values: [20, 7, 6, 2] })
    expect(await behind('late')).toEqual({ names: ['Slow'], values: [4] })
    expect(await behind('views')).toEqual({ names: ['Quick'], values: [2] })
    expect(await behind('plays')).toEqual({ names: ['Quick'], values: [1] })
    expect(await behind('load', `&assignedTo=${artist.userId}`)).toEqual({
      names: ['Open', 'Waiting'],
      values: [10, null],
    })
    expect((await behind('load', '&assignedTo=nobody')).names).toEqual(['Nobody'])
  })

  test('leave as CSV that no spreadsheet runs', async () => {
    await api.owner.query('update users set display_name = $2 where id = $1', [artist.userId, '=cmd()'])
    const reply = await ask(`figures.csv?${range()}`).expect(200)
    expect(reply.headers['content-disposition']).toBe(`attachment; filename="figures-${day(14)}-${day(0)}.csv"`)
    expect(reply.text).toContain(`total,completed,${day(14)},4,1\r\n`)
    expect(reply.text).toContain("hoursLeft,'=cmd(),,10,\r\n")
  })

  test('are for those who may read them, and of this studio only', async () => {
    expect((await api.as(artist).get('/dashboard/figures')).status).toBe(403)
    const neighbour = await (await api.studio()).person('manager')
    const { body } = await api.as(neighbour).get('/dashboard/figures').expect(200)
    expect(body.totals).toMatchObject({ ordered: { value: 0 }, views: { value: 0 }, leadDays: { value: null } })
    const behind = await api.as(neighbour).get(`/dashboard/figures/views/projects?${range()}`).expect(200)
    expect(behind.body.items).toEqual([])
    await ask('figures/revenue/projects').expect(422)
    await ask(`figures?from=${day(0)}&to=${day(3)}`).expect(422)
    await ask('figures?from=2020-01-01').expect(422)
  })
})

test('a period knows the one before and how finely it is drawn', () => {
  expect(figurePeriod({}, '2026-11-21')).toEqual({
    from: '2026-08-24',
    to: '2026-11-21',
    before: { from: '2026-05-26', to: '2026-08-23' },
    unit: 'week',
  })
  expect(figurePeriod({ from: '2026-03-01', to: '2026-03-01' }, '2026-11-21')).toMatchObject({
    before: { from: '2026-02-28', to: '2026-02-28' },
    unit: 'day',
  })
  expect(figurePeriod({ days: 7 }, '2026-11-21')).toMatchObject({ from: '2026-11-15', to: '2026-11-21' })
  expect(figurePeriod({ from: '2026-01-01' }, '2026-11-21')).toMatchObject({ unit: 'month' })
})
