import type { LightMyRequestResponse } from 'fastify'
import pg from 'pg'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TokenPurpose } from '../core/crypto.ts'
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
let first: { id: string; digest: string }
let next: { id: string; digest: string }

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  host = await openHost({ appUrl: database.appUrl, folder: place.folder })
  second = await openHost({ appUrl: database.appUrl, folder: place.folder })
  studio = await arrange(owner, host.deps.store, gamesHost)
  first = await studio.addBuild(await gameBuild(1))
  next = await studio.addBuild(await gameBuild(2))
  await studio.addUrl('buttercup', first.id)
})

afterAll(async () => {
  await Promise.all([host.stop(), second.stop(), owner.end()])
  await database.drop()
  await place.remove()
})

type Headers = Record<string, string>
const get = (url: string, headers: Headers = {}, app = host.app) => app.inject({ method: 'GET', url, headers })
const head = (url: string, headers: Headers = {}) => host.app.inject({ method: 'HEAD', url, headers })
const deploy = (slug: string, buildId: string) =>
  owner.query('update urls set live_build_id = $1 where slug = $2', [buildId, slug])
const game = (digest: string) => `/_b/${digest}/game.html`
const directive = (reply: LightMyRequestResponse, name: string) =>
  String(reply.headers['content-security-policy'])
    .split('; ')
    .find((part) => part.startsWith(`${name} `))

describe('the shell', () => {
  test('holds the game in a sandbox without its own origin, and says who it is', async () => {
    const reply = await get('/buttercup/')
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(reply.body).toContain('sandbox="allow-scripts"')
    expect(reply.body).toContain('allow="autoplay; fullscreen; gamepad"')
    expect(reply.body).toContain('<title>Buttercup: Treat time!</title>')
    expect(reply.body).toContain('<meta property="og:image" content="http://games.example.test/buttercup/share.png">')
    expect(reply.body).toContain('<link rel="icon" type="image/png" sizes="192x192" href="/buttercup/icon-192.png">')
    expect(reply.body).toContain(game(first.digest))
  })

  test("has a policy that admits its own script and the game's by hash, and nothing else", async () => {
    const reply = await get('/buttercup/')
    const { manifest } = await gameBuild(1)
    expect(directive(reply, 'default-src')).toBe("default-src 'none'")
    const scripts = directive(reply, 'script-src') ?? ''
    for (const hash of manifest.scriptHashes) expect(scripts).toContain(`'${hash}'`)
    expect(scripts).not.toMatch(/unsafe|self|\*/)
    expect(directive(reply, 'style-src')).not.toMatch(/unsafe|self|\*/)
    expect(directive(reply, 'frame-ancestors')).toBe("frame-ancestors 'self' http://studio.example.test")
    expect(reply.headers['x-content-type-options']).toBe('nosniff')
  })

  test('is revalidated by browsers and kept shortly by a CDN', async () => {
    const reply = await get('/buttercup/')
    expect(reply.headers['cache-control']).toBe('public, max-age=0, must-revalidate, s-maxage=60')
    expect(reply.headers['cdn-cache-control']).toBe('public, max-age=60, stale-while-revalidate=300')
    expect(reply.headers.vary).toBe('accept-encoding')
    const again = await get('/buttercup/', { 'if-none-match': String(reply.headers.etag) })
    expect(again.statusCode).toBe(304)
    expect(again.headers['cdn-cache-control']).toBe(reply.headers['cdn-cache-control'])
    expect(again.body).toBe('')
    expect(again.headers.etag).toBe(reply.headers.etag)
    expect((await get('/buttercup/', { 'if-none-match': '"other"' })).statusCode).toBe(200)
  })

  test('is listed by search engines unless its studio says no, at once', async () => {
    const open = await get('/buttercup/')
    expect([open.headers['x-robots-tag'], open.body.includes('noindex')]).toEqual([undefined, false])
    await owner.query("update urls set indexable = false where slug = 'buttercup'")
    await eventually(async () => (await get('/buttercup/')).headers['x-robots-tag'] === 'noindex')
    expect((await get('/buttercup/')).body).toContain('<meta name="robots" content="noindex">')
    expect((await get('/robots.txt')).body).not.toContain('buttercup')
    await owner.query("update urls set indexable = true where slug = 'buttercup'")
    await eventually(async () => !(await get('/buttercup/')).headers['x-robots-tag'])
  })

  test('is found without the slash and in capitals, query kept', async () => {
    const bare = await get('/buttercup?from=mail')
    expect([bare.statusCode, bare.headers.location]).toEqual([308, '/buttercup/?from=mail'])
    const loud = await get('/Buttercup/')
    expect([loud.statusCode, loud.headers.location]).toEqual([308, '/buttercup/'])
  })

  test('comes with a worker, a web manifest and pictures', async () => {
    const worker = await get('/buttercup/sw.js')
    expect(worker.headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(worker.headers['cache-control']).toBe('no-cache')
    const manifest = await get('/buttercup/manifest.webmanifest')
    expect(manifest.headers['content-type']).toBe('application/manifest+json')
    expect(manifest.json()).toMatchObject({
      id: '/buttercup/',
      scope: './',
      short_name: 'Buttercup',
      icons: [{ src: 'icon-192.png', sizes: '192x192' }, { src: 'icon-512.png' }],
    })
    const icon = await get('/buttercup/icon-192.png')
    expect([icon.statusCode, icon.headers['content-type']]).toEqual([200, 'image/png'])
    expect(icon.headers['cache-control']).not.toContain('immutable')
    expect((await get('/buttercup/share.png')).statusCode).toBe(200)
    expect((await get('/buttercup/game.html')).statusCode).toBe(404)
    expect((await get('/buttercup/manifest.json')).statusCode).toBe(404)
  })
})

describe('files of a build', () => {
  test('never change, belong to everybody and run in a sandbox', async () => {
    const reply = await get(game(first.digest))
    expect(reply.statusCode).toBe(200)
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': 'sandbox allow-scripts',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    })
  })

  test('come as brotli, gzip or as they are, each with a strong tag of its own', async () => {
    const plain = await get(game(first.digest))
    const br = await get(game(first.digest), { 'accept-encoding': 'gzip, deflate, br' })
    const gz = await get(game(first.digest), { 'accept-encoding': 'gzip;q=1, br;q=0.5' })
    expect([br.headers['content-encoding'], gz.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(
      ['br', 'gzip', undefined],
    )
    expect(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload)).toBe(true)
    expect(gunzipSync(gz.rawPayload).equals(plain.rawPayload)).toBe(true)
    const tags = [br, gz, plain].map((reply) => String(reply.headers.etag))
    expect(new Set(tags).size).toBe(3)
    expect(tags.every((tag) => /^"[\w-]+"$/.test(tag))).toBe(true)
    expect((await get(game(first.digest), { 'accept-encoding': 'br;q=0' })).headers['content-encoding']).toBeUndefined()
    expect(
      (await get('/buttercup/icon-192.png', { 'accept-encoding': 'br' })).headers['content-encoding'],
    ).toBeUndefined()
  })

  test('answer 304 to their tag, also weakened and in a list', async () => {
    const { etag } = (await get(game(first.digest), { 'accept-encoding': 'br' })).headers
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const reply = await get(game(first.digest), { 'accept-encoding': 'br', 'if-none-match': String(known) })
      expect([reply.statusCode, reply.headers['cache-control']]).toEqual([304, 'public, max-age=31536000, immutable'])
    }
  })

  test('come in parts', async () => {
    const whole = await get(game(first.digest))
    const size = whole.rawPayload.length
    const part = async (range: string, more: Headers = {}) =>
      get(game(first.digest), { range, 'accept-encoding': 'br', ...more })

    const firstTen = await part('bytes=0-9')
    expect([firstTen.statusCode, firstTen.headers['content-range']]).toEqual([206, `bytes 0-9/${size}`])
    expect(firstTen.rawPayload.equals(whole.rawPayload.subarray(0, 10))).toBe(true)
    expect(firstTen.headers['content-encoding']).toBeUndefined()
    const tail = await part('bytes=-5')
    expect(tail.rawPayload.equals(whole.rawPayload.subarray(size - 5))).toBe(true)
    const rest = await part(`bytes=${size - 3}-${size + 100}`)
    expect([rest.statusCode, rest.rawPayload.length]).toEqual([206, 3])

    const beyond = await part(`bytes=${size}-`)
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${size}`])
    for (const odd of ['bytes=5-2', 'lines=1-2', 'bytes=0-1,4-5', 'bytes=-'])
      expect((await part(odd)).statusCode).toBe(200)
    expect((await part('bytes=0-9', { 'if-range': String(whole.headers.etag) })).statusCode).toBe(206)
    expect((await part('bytes=0-9', { 'if-range': '"older"' })).statusCode).toBe(200)
  })

  test('tell by HEAD what GET would send', async () => {
    for (const url of [game(first.digest), '/buttercup/']) {
      const [whole, only] = await Promise.all([
        get(url, { 'accept-encoding': 'br' }),
        head(url, { 'accept-encoding': 'br' }),
      ])
      const { date: _one, ...expected } = whole.headers
      const { date: _other, ...told } = only.headers
      expect(told).toEqual(expected)
      expect(only.rawPayload.length).toBe(0)
    }
  })

  test('are there for passed builds only, and only the recorded ones', async () => {
    const failed = await studio.addBuild(await gameBuild(3), 'failed')
    expect((await get(game(failed.digest))).statusCode).toBe(404)
    expect((await get(game('0'.repeat(64)))).statusCode).toBe(404)
    expect((await get(`/_b/${first.digest}/nothing.js`)).statusCode).toBe(404)
    expect((await get(`/_b/${first.digest}/%2e%2e/game.html`)).statusCode).toBe(404)
    expect((await get(`/_b/${first.digest}/manifest.json`)).statusCode).toBe(200)
  })

  test('are refused when the store holds other bytes than the build recorded', async () => {
    const build = await gameBuild(4)
    const { digest } = await studio.addBuild(build)
    await host.deps.store.put(
      `${studio.organizationId}/builds/${digest}/game.html`,
      Buffer.from('<script>evil()</script>'),
      'text/html',
    )
    const reply = await get(game(digest))
    expect(reply.statusCode).toBe(503)
    expect(reply.body).not.toContain('evil')
  })
})

describe('a deploy', () => {
  test('moves every process over at once and back again, and old files stay', async () => {
    await studio.addUrl('switch', first.id)
    const shows = async (digest: string, app = host.app) => (await get('/switch/', {}, app)).body.includes(game(digest))
    expect(await shows(first.digest)).toBe(true)
    expect(await shows(first.digest, second.app)).toBe(true)
    const { etag } = (await get('/switch/')).headers

    await deploy('switch', next.id)
    await eventually(() => shows(next.digest))
    await eventually(() => shows(next.digest, second.app))
    expect((await get('/switch/', { 'if-none-match': String(etag) })).statusCode).toBe(200)
    expect((await get(game(first.digest))).statusCode).toBe(200)

    await deploy('switch', first.id)
    await eventually(() => shows(first.digest))
    expect((await get('/switch/', { 'if-none-match': String(etag) })).statusCode).toBe(304)
  })

  test('while it happens never shows a mixture or an error', async () => {
    await studio.addUrl('busy', first.id)
    let done = false
    const bodies = new Set<string>()
    const players = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!done) {
          const reply = await get('/busy/')
          expect(reply.statusCode).toBe(200)
          bodies.add(reply.body)
          // A reply from memory takes no turn of the event loop; the notifications need some.
          await new Promise((resolve) => setImmediate(resolve))
        }
      }),
    )
    for (let turn = 0; turn < 10; turn += 1) {
      const build = turn % 2 === 0 ? next : first
      await deploy('busy', build.id)
      await eventually(async () => (await get('/busy/')).body.includes(game(build.digest)))
    }
    done = true
    await players
    expect(bodies.size).toBe(2)
    for (const body of bodies) {
      const named = new Set(body.match(/_b\/[0-9a-f]{64}/g))
      expect(named.size).toBe(1)
    }
  })
})

describe('addresses without a game', () => {
  test('unknown, reserved and odd ones are friendly 404 pages', async () => {
    await studio.addUrl('reserved-one', null, { status: 'reserved' })
    for (const url of [
      '/nobody/',
      '/reserved-one/',
      '/',
      '/wp-login.php',
      '/a/',
      '/%00/',
      '/nobody/sw.js',
      '/..%2f..%2fetc/',
      '/%E0%A4%A/',
    ]) {
      const reply = await get(url)
      expect([url, reply.statusCode]).toEqual([url, 404])
      expect(reply.body).toContain('No game lives here')
      expect(reply.headers['x-robots-tag']).toBe('noindex')
    }
  })

  test('a slug becomes known as soon as it is deployed, also where it was just asked for in vain', async () => {
    expect((await get('/fresh/')).statusCode).toBe(404)
    await studio.addUrl('fresh', first.id)
    await eventually(async () => (await get('/fresh/')).statusCode === 200)
  })

  test('expired ones are 410, by status or by the clock alone', async () => {
    await studio.addUrl('bygone', first.id, { status: 'expired' })
    await studio.addUrl('overdue', first.id, { expiresAt: new Date(Date.now() - 1000).toISOString() })
    for (const slug of ['bygone', 'overdue']) {
      const reply = await get(`/${slug}/`)
      expect(reply.statusCode).toBe(410)
      expect(reply.body).toContain('This game has gone to sleep')
      expect(reply.headers['x-robots-tag']).toBe('noindex')
    }
  })

  test('those of a studio that was erased are 410, of its own host only', async () => {
    expect((await get('/orphan/')).statusCode).toBe(404)
    await owner.query('insert into erased_addresses (host, slug) values ($1, $2), ($3, $4)', [
      gamesHost,
      'erased-one',
      'elsewhere.example',
      'erased-two',
    ])
    const reply = await get('/erased-one/')
    expect(reply.statusCode).toBe(410)
    expect(reply.body).toContain('<h1')
    expect(reply.headers['x-robots-tag']).toBe('noindex')
    expect((await get('/erased-two/')).statusCode).toBe(404)
  })

  test('one that expires while it is in memory goes at its time, unannounced', async () => {
    await studio.addUrl('brief', first.id, { expiresAt: new Date(Date.now() + 2000).toISOString() })
    expect((await get('/brief/')).statusCode).toBe(200)
    await eventually(async () => (await get('/brief/')).statusCode === 410)
  })

  test('a renamed one leads to its new name', async () => {
    const urlId = await studio.addUrl('old-name', first.id)
    expect((await get('/old-name/')).statusCode).toBe(200)
    await owner.query("update urls set slug = 'new-name' where id = $1", [urlId])
    await owner.query(
      "insert into url_redirects (organization_id, id, url_id, host, slug) values ($1, gen_random_uuid(), $2, $3, 'old-name')",
      [studio.organizationId, urlId, gamesHost],
    )
    await eventually(async () => (await get('/old-name/')).statusCode === 308)
    expect((await get('/old-name/?a=1')).headers.location).toBe('/new-name/?a=1')
    expect((await get('/new-name/')).statusCode).toBe(200)
  })
})

describe('a preview', () => {
  const inAMinute = () => new Date(Date.now() + 60_000)
  const link = (ids: string[], expiresAt = inAMinute(), purpose: TokenPurpose = 'preview') =>
    `/_p/${host.deps.crypto.signToken(purpose, ids, expiresAt)}/`

  test('shows its build to whoever holds the link, and leaves no trace', async () => {
    const reply = await get(link([studio.organizationId, next.id]))
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('private, no-store')
    expect(reply.headers['x-robots-tag']).toBe('noindex')
    expect(reply.headers['referrer-policy']).toBe('no-referrer')
    expect(directive(reply, 'frame-ancestors')).toContain('http://studio.example.test')
    expect(reply.body).toContain(game(next.digest))
    expect(reply.body).toContain('"live":false')
    expect(reply.body).not.toContain('manifest.webmanifest')
  })

  test('is refused when forged, expired, of another purpose, another studio or a build not passed', async () => {
    const good = link([studio.organizationId, next.id])
    const stranger = await arrange(owner, host.deps.store, gamesHost)
    const failed = await studio.addBuild(await gameBuild(5), 'failed')
    const refused = [
      good.replace(/.\/$/, (end) => (end[0] === 'A' ? 'B/' : 'A/')),
      link([studio.organizationId, next.id], new Date(Date.now() - 2000)),
      link([studio.organizationId, next.id], inAMinute(), 'tracking'),
      link([stranger.organizationId, next.id]),
      link([studio.organizationId, failed.id]),
      link([studio.organizationId, 'no uuid']),
      '/_p/x/',
    ]
    for (const url of refused) expect([url, (await get(url)).statusCode]).toEqual([url, 404])
    expect((await get(good)).statusCode).toBe(200)
  })

  test('ends when its build is given new links, and those work', async () => {
    const build = await studio.addBuild(await gameBuild(6))
    const [given, fresh] = [link([studio.organizationId, build.id]), link([studio.organizationId, build.id, '2'])]
    expect([(await get(given)).statusCode, (await get(fresh)).statusCode]).toEqual([200, 404])
    await owner.query('update builds set preview_generation = 2 where id = $1', [build.id])
    expect([(await get(given)).statusCode, (await get(fresh)).statusCode]).toEqual([404, 200])
  })

  test('that a guest was given ends with their visit and with their link; those of others go on', async () => {
    const { organizationId, projectId } = studio
    const [linkId, visitId] = [newId(), newId()]
    await owner.query(
      `insert into guest_links (organization_id, id, project_id, scope, may_download, token_hash, created_by, expires_at)
       values ($1, $2::uuid, $3, 'view', false, 'x', $2::uuid, now() + interval '1 day')`,
      [organizationId, linkId, projectId],
    )
    await owner.query(
      `insert into guest_visits (organization_id, id, link_id, name, agent, address_hash, expires_at)
       values ($1, $2, $3, 'Granny', '', 'x', now() + interval '1 hour')`,
      [organizationId, visitId, linkId],
    )
    const [given, own] = [link([organizationId, next.id, '1', visitId]), link([organizationId, next.id, '1'])]
    const answers = async () => [(await get(given)).statusCode, (await get(own)).statusCode]
    const ends = [
      ['guest_visits', 'ended_at = now()', 'ended_at = null'],
      ['guest_visits', 'expires_at = now()', "expires_at = now() + interval '1 hour'"],
      ['guest_links', 'revoked_at = now()', 'revoked_at = null'],
      ['guest_links', 'expires_at = now()', "expires_at = now() + interval '1 day'"],
    ] as const
    for (const [table, end, undone] of ends) {
      expect([end, await answers()]).toEqual([end, [200, 200]])
      await owner.query(`update ${table} set ${end} where organization_id = $1`, [organizationId])
      expect([end, await answers()]).toEqual([end, [404, 200]])
      await owner.query(`update ${table} set ${undone} where organization_id = $1`, [organizationId])
    }
    expect((await get(link([organizationId, next.id, '1', newId()]))).statusCode).toBe(404)
  })
})

test('small things: robots, health, other methods', async () => {
  expect((await get('/robots.txt')).body).toContain('Disallow: /_p/')
  expect((await get('/healthz')).json()).toEqual({ status: 'ok' })
  expect((await host.app.inject({ method: 'DELETE', url: '/buttercup/' })).statusCode).toBe(404)
})
