import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitorSalt } from '../../db/system-games.ts'
import { cloneDatabase, type TestDatabase } from '../../../test/database.ts'
import {
  type Arranged,
  arrange,
  eventually,
  gameBuild,
  makeFolder,
  openHost,
  type TestHost,
} from '../../../test/hosting.ts'
import { createAddressLimit } from './address-limit.ts'
import { networkOf, visitorNamer } from './visitor.ts'

let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let host: TestHost
let studio: Arranged
let urlId: string
let buildId: string
let loads = 0

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  host = await openHost({ appUrl: database.appUrl, folder: place.folder })
  studio = await arrange(owner, host.deps.store, 'games.example.test')
  buildId = (await studio.addBuild(await gameBuild(1))).id
  urlId = await studio.addUrl('counted', buildId)
})

afterAll(async () => {
  await Promise.all([host.stop(), owner.end()])
  await database.drop()
  await place.remove()
})

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1'
const newLoad = () => `load-${String((loads += 1)).padStart(16, '0')}`
const post = (payload: string | object, headers: Record<string, string> = {}) =>
  host.app.inject({
    method: 'POST',
    url: '/_e',
    headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': phone, ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
const rowsOf = async (loadId: string) =>
  (await owner.query('select * from game_events where load_id = $1', [loadId])).rows
const counters = async () =>
  (await owner.query('select view_count, play_count, last_accessed_at from urls where id = $1', [urlId])).rows[0]

test('a play from view to finish is counted, without anything personal', async () => {
  const loadId = newLoad()
  const before = await counters()
  const sent = [
    { type: 'view', referrer: 'www.example.org' },
    { type: 'start' },
    { type: 'finish', score: 4200, seconds: 61 },
    { type: 'visible', seconds: 75 },
  ]
  for (const one of sent) {
    const reply = await post({ loadId, slug: 'counted', ...one })
    expect([reply.statusCode, reply.body]).toEqual([204, ''])
  }
  await eventually(async () => (await rowsOf(loadId)).length === 4)

  const rows = await rowsOf(loadId)
  const finish = rows.find(({ type }) => type === 'finish')
  expect(finish).toMatchObject({
    organization_id: studio.organizationId,
    url_id: urlId,
    build_id: buildId,
    score: 4200,
    seconds: 61,
    device: 'phone',
  })
  expect(rows.find(({ type }) => type === 'view')).toMatchObject({ referrer_host: 'www.example.org' })
  expect(new Set(rows.map(({ visitor }) => visitor)).size).toBe(1)
  expect(finish.visitor).toMatch(/^[\w-]{12}$/)
  expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|iPhone/)
  const after = await counters()
  expect([after.view_count - before.view_count, after.play_count - before.play_count]).toEqual([1, 1])
  expect(after.last_accessed_at).not.toBeNull()
})

test('a load counts once for each type, however often it is sent', async () => {
  const loadId = newLoad()
  const before = await counters()
  for (let turn = 0; turn < 5; turn += 1) await post({ loadId, slug: 'counted', type: 'view' })
  await eventually(async () => (await rowsOf(loadId)).length === 1)
  await post({ loadId, slug: 'counted', type: 'view' })
  const marker = newLoad()
  await post({ loadId: marker, slug: 'counted', type: 'start' })
  await eventually(async () => (await rowsOf(marker)).length === 1)
  expect((await counters()).view_count - before.view_count).toBe(1)
})

test('bots, those who ask not to be tracked and unknown slugs leave no trace; the same from a browser does', async () => {
  const ignored: [object, Record<string, string>][] = [
    [{}, { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }],
    [{}, { dnt: '1' }],
    [{}, { 'sec-gpc': '1' }],
    [{ slug: 'nobody-here' }, {}],
  ]
  const loadIds: string[] = []
  for (const [more, headers] of ignored) {
    const loadId = newLoad()
    loadIds.push(loadId)
    expect((await post({ loadId, slug: 'counted', type: 'view', ...more }, headers)).statusCode).toBe(204)
  }
  const control = newLoad()
  await post({ loadId: control, slug: 'counted', type: 'view' })
  await eventually(async () => (await rowsOf(control)).length === 1)
  for (const loadId of loadIds) expect(await rowsOf(loadId)).toEqual([])
})

test('what is no beacon is refused with a problem', async () => {
  const loadId = newLoad()
  const good = { loadId, slug: 'counted', type: 'view' }
  const refused: [string | object, number, string, Record<string, string>?][] = [
    ['{', 400, 'beacon.malformed'],
    [{ ...good, type: 'hack' }, 422, 'beacon.invalid'],
    [{ ...good, score: -1 }, 422, 'beacon.invalid'],
    [{ ...good, loadId: 'short' }, 422, 'beacon.invalid'],
    [{ ...good, slug: 'a\u0000b' }, 422, 'beacon.invalid'],
    ['null', 422, 'beacon.invalid'],
    ['x'.repeat(1025), 413, 'request.refused'],
    [good, 415, 'request.refused', { 'content-type': 'application/json' }],
    [good, 403, 'beacon.cross_origin', { origin: 'null' }],
    [good, 403, 'beacon.cross_origin', { 'sec-fetch-site': 'cross-site' }],
  ]
  for (const [payload, status, code, headers] of refused) {
    const reply = await post(payload, headers)
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
    expect(reply.headers['content-type']).toMatch('application/problem+json')
  }
  expect((await post(good, { 'sec-fetch-site': 'same-origin' })).statusCode).toBe(204)
})

test('an address that floods has to wait, and only that one', () => {
  const secondsToWait = createAddressLimit({ most: 3, windowSeconds: 60 })
  expect([1, 2, 3].map(() => secondsToWait('a', 1000))).toEqual([0, 0, 0])
  expect(secondsToWait('a', 2000)).toBe(59)
  expect(secondsToWait('b', 2000)).toBe(0)
  expect(secondsToWait('a', 61_000)).toBe(0)
})

test('a visitor has one name a day and game, another tomorrow and elsewhere', async () => {
  let now = Date.parse('2026-11-21T09:00:00Z')
  let salts = 0
  const fetchSalt = async () => {
    salts += 1
    const day = new Date(now).toISOString().slice(0, 10)
    return { day, salt: `salt of ${day}` }
  }
  const namer = () => visitorNamer(host.deps.crypto, fetchSalt, () => now)
  const [name, otherHost] = [namer(), namer()]
  const visit = { urlId: 'url-1', address: '192.0.2.7', userAgent: phone }
  const today = await name(visit)
  now += 14 * 3_600_000
  expect(await Promise.all([name(visit), otherHost(visit), name({ ...visit, address: '192.0.2.200' })])).toEqual([
    today,
    today,
    today,
  ])
  expect(salts).toBe(2)
  const others = [
    await name({ ...visit, urlId: 'url-2' }),
    await name({ ...visit, address: '192.0.3.7' }),
    await name({ ...visit, userAgent: 'another' }),
  ]
  now += 3_600_000
  others.push(await name(visit))
  expect(new Set([today, ...others]).size).toBe(5)
})

test('the salt is one for all hosts, and of yesterday nothing is left', async () => {
  const second = await openHost({ appUrl: database.appUrl, folder: place.folder })
  const [mine, theirs] = await Promise.all([visitorSalt(host.deps.db), visitorSalt(second.deps.db)])
  await second.stop()
  expect(mine).toEqual(theirs)
  expect(mine).toMatchObject({
    day: new Date().toISOString().slice(0, 10),
    salt: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  await owner.query('update sys.visitor_salts set day = day - 1')
  const next = await visitorSalt(host.deps.db)
  expect(next.salt).not.toBe(mine.salt)
  const { rows } = await owner.query("select encode(salt, 'hex') as salt from sys.visitor_salts")
  expect(rows).toEqual([{ salt: next.salt }])
  await expect(host.deps.db.$client.query('select * from sys.visitor_salts')).rejects.toMatchObject({ code: '42501' })
})

test.each([
  ['192.0.2.7', '192.0.2'],
  ['::ffff:192.0.2.7', '192.0.2'],
  ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('of the address %s only the network %s is looked at', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
