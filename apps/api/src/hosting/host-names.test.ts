import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../core/ids.ts'
import { cloneDatabase, type TestDatabase } from '../../test/database.ts'
import {
  type Arranged,
  arrange,
  eventually,
  gameBuild,
  makeFolder,
  openHost,
  type TestHost,
} from '../../test/hosting.ts'

const gamesHost = 'games.example.test'
let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let host: TestHost
let second: TestHost
let studio: Arranged
let other: Arranged

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  host = await openHost({ appUrl: database.appUrl, folder: place.folder })
  second = await openHost({ appUrl: database.appUrl, folder: place.folder })
  studio = await arrange(owner, host.deps.store, gamesHost)
  other = await arrange(owner, host.deps.store, gamesHost)
  const build = await gameBuild(1)
  await studio.addUrl('mine', (await studio.addBuild(build)).id)
  await studio.addUrl('ended', null, { status: 'expired' })
  await other.addUrl('theirs', (await other.addBuild(build)).id)
})

afterAll(async () => {
  await Promise.all([host.stop(), second.stop(), owner.end()])
  await database.drop()
  await place.remove()
})

const get = (url: string, name: string, app = host.app) => app.inject({ method: 'GET', url, headers: { host: name } })
const statusOf = async (url: string, name: string, app = host.app) => (await get(url, name, app)).statusCode

async function addDomain(domain: string, status: string, isPrimary = false): Promise<string> {
  const id = newId()
  await owner.query(
    `insert into game_domains (organization_id, id, domain, token, status, is_primary) values ($1, $2, $3, 'x', $4, $5)`,
    [studio.organizationId, id, domain, status, isPrimary],
  )
  return id
}

test("a studio's domain shows its games and no others, from its proof until that lapses, in every process", async () => {
  const id = await addDomain('games.studio.test', 'pending')
  expect(await statusOf('/mine/', 'games.studio.test')).toBe(404)
  expect(await statusOf('/mine/', 'never.heard.test')).toBe(404)
  expect(await statusOf('/mine/', gamesHost)).toBe(200)

  await owner.query("update game_domains set status = 'verified' where id = $1", [id])
  const took = await Promise.all(
    [host.app, second.app].map((app) =>
      eventually(async () => (await statusOf('/mine/', 'games.studio.test', app)) === 200),
    ),
  )
  expect(Math.max(...took)).toBeLessThan(1000)
  expect(await statusOf('/mine/', 'Games.Studio.Test.:8443')).toBe(200)
  expect(await statusOf('/theirs/', 'games.studio.test')).toBe(404)
  expect(await statusOf('/theirs/', gamesHost)).toBe(200)
  for (const file of ['sw.js', 'manifest.webmanifest', 'icon-192.png']) {
    expect([file, await statusOf(`/mine/${file}`, 'games.studio.test')]).toEqual([file, 200])
    expect([file, await statusOf(`/theirs/${file}`, 'games.studio.test')]).toEqual([file, 404])
  }
  const asked = (domain: string) => statusOf(`/_tls?domain=${domain}`, 'anything.test')
  expect([await asked('games.studio.test'), await asked('never.heard.test'), await asked('')]).toEqual([200, 404, 404])

  await owner.query("update game_domains set status = 'lapsed' where id = $1", [id])
  await eventually(async () => (await statusOf('/mine/', 'games.studio.test')) === 404)
  expect(await asked('games.studio.test')).toBe(404)
})

test('addresses without a name show everybody’s games, as for health checks', async () => {
  for (const name of ['localhost:3001', '127.0.0.1:3001', '[::1]:3001', '10.0.0.7'])
    expect([name, await statusOf('/theirs/', name)]).toEqual([name, 200])
})

test('pages name the primary domain as theirs, wherever they are read', async () => {
  const id = await addDomain('play.studio.test', 'verified', true)
  const canonical = '<link rel="canonical" href="http://play.studio.test/mine/">'
  await eventually(async () => (await get('/mine/', gamesHost)).body.includes(canonical))
  const own = await get('/mine/', 'play.studio.test')
  expect(own.body).toContain(canonical)
  expect(own.body).toContain('<meta property="og:image" content="http://play.studio.test/mine/share.png">')
  await owner.query('delete from game_domains where id = $1', [id])
  await eventually(async () => !(await get('/mine/', gamesHost)).body.includes(canonical))
})

test('where a game is not, its studio speaks: as text, at once, and only for its own', async () => {
  await addDomain('words.studio.test', 'verified')
  await eventually(async () => (await get('/ended/', 'words.studio.test')).statusCode === 410)
  const plain = (await get('/ended/', gamesHost)).body
  expect(plain).not.toContain('class="studio"')
  await owner.query(
    `insert into hosting_pages (organization_id, message, link_label, link_url)
     values ($1, '<b>Write</b> & we wake it', 'Our "studio"', 'https://studio.example/?a=1&b="2')`,
    [studio.organizationId],
  )
  await eventually(async () => (await get('/ended/', gamesHost)).body.includes('class="studio"'))
  const gone = await get('/ended/', gamesHost)
  expect(gone.statusCode).toBe(410)
  expect(gone.body).toContain('&lt;b&gt;Write&lt;/b&gt; &amp; we wake it')
  expect(gone.body).toContain('href="https://studio.example/?a=1&amp;b=&quot;2"')
  const missing = await get('/no-such-game/', 'words.studio.test')
  expect([missing.statusCode, missing.body.includes('class="studio"')]).toEqual([404, true])
  expect((await get('/', 'words.studio.test')).body).toContain('class="studio"')
  expect((await get('/no-such-game/', gamesHost)).body).not.toContain('class="studio"')
  expect((await get('/no-such-game/', 'never.heard.test')).body).not.toContain('class="studio"')
})
