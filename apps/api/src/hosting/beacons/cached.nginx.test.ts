import { request } from 'node:http'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../test/database.ts'
import { arrange, eventually, gameBuild, makeFolder, openHost, type TestHost } from '../../../test/hosting.ts'
import { startCachingProxy } from '../../../test/parts/caching-proxy.ts'
import { freePort } from '../../../test/parts/process.ts'

const players = 60
let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let host: TestHost
let proxy: { stop(): Promise<void> }
const ports = { direct: 0, cached: 0 }
const urlIds = { direct: '', cached: '' }
/** Requests for pages that reached the host. */
let pagesServed = 0

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  host = await openHost({
    appUrl: database.appUrl,
    folder: place.folder,
    trustProxy: (address) => address === '127.0.0.1',
  })
  const studio = await arrange(owner, host.deps.store, 'games.example.test')
  const build = await studio.addBuild(await gameBuild(1))
  urlIds.direct = await studio.addUrl('direct', build.id)
  urlIds.cached = await studio.addUrl('cached', build.id)
  ports.direct = await freePort()
  ports.cached = await freePort()
  host.app.server.on('request', ({ method }) => (pagesServed += method === 'GET' ? 1 : 0))
  await host.app.listen({ host: '127.0.0.1', port: ports.direct })
  proxy = await startCachingProxy(ports.cached, ports.direct)
})

afterAll(async () => {
  await proxy?.stop()
  await Promise.all([host.stop(), owner.end()])
  await database.drop()
  await place.remove()
})

/** One request of a player who sits in a network of their own; answers status and what the cache says. */
function ask(player: number, port: number, path: string, body?: object): Promise<{ status: number; cache: unknown }> {
  return new Promise((resolve, reject) => {
    const agent = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36'
    const options = {
      host: '127.0.0.1',
      localAddress: `127.0.${player + 1}.1`,
      port,
      path,
      method: body ? 'POST' : 'GET',
      headers: { host: 'games.example.test', 'user-agent': agent, ...(body && { 'content-type': 'text/plain' }) },
    }
    const call = request(options, (reply) => {
      reply.resume()
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, cache: reply.headers['x-cache'] }))
    })
    call.on('error', reject)
    call.end(body && JSON.stringify(body))
  })
}

test('a caching proxy takes the pages off the host and changes no figure', async () => {
  const caches: unknown[] = []
  for (const way of ['direct', 'cached'] as const)
    for (let player = 0; player < players; player += 1) {
      const page = await ask(player, ports[way], `/${way}/`)
      caches.push(page.cache)
      const loadId = `${way}-${String(player).padStart(20, '0')}`
      const beacons = [{ type: 'view', referrer: 'blog.example' }, { type: 'start' }, { type: 'visible', seconds: 5 }]
      const again = [...beacons, ...beacons]
      const replies = await Promise.all(
        again.map((beacon) => ask(player, ports[way], '/_e', { loadId, slug: way, ...beacon })),
      )
      expect([page.status, ...replies.map(({ status }) => status)]).toEqual([200, ...again.map(() => 204)])
    }
  expect(caches.filter((cache) => cache === 'HIT')).toHaveLength(players - 1)
  expect(pagesServed).toBe(players + 1)

  const figures = async (urlId: string) =>
    (
      await owner.query(
        `select view_count, play_count, (select count(distinct visitor)::int from game_events where url_id = u.id) as visitors,
           (select sum(seconds)::int from game_events where url_id = u.id) as seconds,
           (select count(*)::int from game_events where url_id = u.id and device = 'phone' and referrer_host = 'blog.example') as led
         from urls u where id = $1`,
        [urlId],
      )
    ).rows[0]
  await eventually(async () => (await figures(urlIds.cached)).seconds === players * 5)
  const direct = await figures(urlIds.direct)
  expect(direct).toEqual({
    view_count: players,
    play_count: players,
    visitors: players,
    seconds: players * 5,
    led: players,
  })
  expect(await figures(urlIds.cached)).toEqual(direct)
})
