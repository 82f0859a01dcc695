import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { type Browser, type BrowserContext, chromium, devices, type Frame, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../../../tools/lib/chromium.ts'
import { noScanner } from '../../src/adapters/virus-scan.ts'
import { newId } from '../../src/core/ids.ts'
import { storeOwnBundle } from '../../src/modules/builds/own-bundle.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { type Arranged, arrange, eventually, gameBuild, makeFolder, openHost, type TestHost } from '../hosting.ts'
import { freePort } from '../parts/process.ts'
import { makeZip } from '../zips.ts'

/** A game as studios make them: modules, pictures, a font of settings in localStorage, no thought of any sandbox. */
const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Dig!</title><link rel="stylesheet" href="style.css">
<script>window.bestAtStart = localStorage.getItem('best')</script></head>
<body><button id="dig">Dig</button><output id="score"></output><img src="art/größe 1.svg" alt="">
<script type="module" src="js/game.js"></script></body></html>`
const script = `import { step } from './rules.mjs'
const best = Number(localStorage.best ?? 0)
const level = await (await fetch('levels.json')).json()
let score = best
const show = () => { document.querySelector('#score').textContent = level.name + ' ' + score }
document.querySelector('#dig').addEventListener('click', () => { score = step(score); localStorage.best = score; show() })
show()`
const zip = makeZip([
  { name: 'index.html', body: page },
  {
    name: 'style.css',
    body: 'body{margin:0;background:#223;color:#fff;font:24px sans-serif}button{font-size:32px;margin:40px}',
  },
  { name: 'js/game.js', body: script },
  { name: 'js/rules.mjs', body: 'export const step = (score) => score + 1' },
  { name: 'levels.json', body: '{"name":"Garden"}' },
  {
    name: 'art/größe 1.svg',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  },
])

let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let host: TestHost
let arranged: Arranged
let browser: Browser
let games: string
let digest: string
/** The studio as friendly to strangers as a server can be: whatever keeps a game out, it is not the studio. */
let studio: Server
let studioOrigin: string
const heard: { url: string; cookie: string | undefined }[] = []

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  const [port, studioPort] = [await freePort(), await freePort()]
  games = `http://127.0.0.1:${port}`
  studioOrigin = `http://127.0.0.1:${studioPort}`
  studio = createServer((request, response) => {
    heard.push({ url: request.url ?? '', cookie: request.headers.cookie })
    response.setHeader('set-cookie', 'session=secret; Path=/')
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
    response.setHeader('access-control-allow-credentials', 'true')
    response.end('<!doctype html><title>Studio</title><link rel="icon" href="data:,">')
  })
  await new Promise<void>((resolve) => studio.listen(studioPort, '127.0.0.1', resolve))
  host = await openHost({
    appUrl: database.appUrl,
    folder: place.folder,
    gamesOrigin: games,
    publicOrigin: studioOrigin,
  })
  await host.app.listen({ host: '127.0.0.1', port })
  arranged = await arrange(owner, host.deps.store, `127.0.0.1:${port}`)
  await arranged.addUrl('dig', await addOwnBuild(zip))
  await arranged.addUrl('buttercup', (await arranged.addBuild(await gameBuild(1))).id)
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
})

afterAll(async () => {
  await browser?.close()
  await host?.stop()
  studio?.closeAllConnections()
  await new Promise((resolve) => studio.close(resolve))
  await owner.end()
  await database.drop()
  await place.remove()
})

async function addOwnBuild(bytes: Buffer): Promise<string> {
  const path = join(place.folder, 'game.zip')
  await writeFile(path, bytes)
  const bundle = await storeOwnBundle({ store: host.deps.store, scanner: noScanner }, arranged.organizationId, path, [])
  digest = bundle.digest
  const manifest = { kind: 'page', entryPoint: bundle.entryPoint, title: 'Buttercup', petName: 'Buttercup' }
  const id = newId()
  await owner.query(
    `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status, digest, files, manifest)
     values ($1, $2, $3, 99, 'own-html5', '1', '{}', '{}', 'passed', $4, $5, $6)`,
    [arranged.organizationId, id, arranged.projectId, digest, JSON.stringify(bundle.files), JSON.stringify(manifest)],
  )
  return id
}

async function visit(
  path: string,
  context?: BrowserContext,
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const own = context ?? (await browser.newContext(devices['Pixel 7']))
  const opened = await own.newPage()
  const complaints: string[] = []
  opened.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  opened.on('pageerror', (error) => complaints.push(String(error)))
  await opened.goto(games + path)
  return { page: opened, context: own, complaints }
}

async function gameIn(opened: Page): Promise<Frame> {
  const handle = await opened.waitForSelector('#game', { state: 'visible' })
  const frame = await handle.contentFrame()
  if (!frame) throw new Error('The game has no frame.')
  await frame.waitForSelector('#score:not(:empty)')
  return frame
}

const scoreIn = (frame: Frame) => frame.textContent('#score')
const bestAtStart = (frame: Frame) => frame.evaluate('window.bestAtStart')

/** Taps, and waits until the game has it: a finger's click comes some time after the finger. */
async function dig(frame: Frame, score: number): Promise<void> {
  await frame.tap('#dig')
  await frame.waitForFunction((words) => document.querySelector('#score')?.textContent === words, `Garden ${score}`)
}

test("a studio's own game is played, and what it saves survives a reload, in the address that is its own", async () => {
  const { page: opened, context, complaints } = await visit('/dig/')
  const frame = await gameIn(opened)
  expect(await scoreIn(frame)).toBe('Garden 0')
  await frame.waitForFunction(() => document.querySelector('img')?.naturalWidth === 9)
  for (let turn = 1; turn <= 3; turn += 1) await dig(frame, turn)
  await eventually(
    async () =>
      (await opened.evaluate((key) => localStorage.getItem(key), `store:${arranged.projectId}`)) === '{"best":"3"}',
  )

  await opened.reload()
  const again = await gameIn(opened)
  expect(await scoreIn(again)).toBe('Garden 3')
  expect(await bestAtStart(again)).toBe('3')
  // A game may start itself anew: its frame still knows what it kept.
  await dig(again, 4)
  await again.evaluate(() => location.reload())
  await eventually(async () => (await bestAtStart(await gameIn(opened)).catch(() => '')) === '4')
  expect(await scoreIn(await gameIn(opened))).toBe('Garden 4')

  // The first touch of each visit is told as a play, as a template's own start is.
  const plays = async () =>
    (await owner.query<{ n: number }>(`select count(*)::int as n from game_events where type = 'start'`)).rows[0]?.n
  await eventually(async () => (await plays()) === 2)

  const stranger = await visit('/dig/')
  expect(await scoreIn(await gameIn(stranger.page))).toBe('Garden 0')
  expect([...complaints, ...stranger.complaints]).toEqual([])
  await Promise.all([context.close(), stranger.context.close()])
})

test('it reaches neither the studio, nor the page around it, nor what other games keep', async () => {
  const { page: opened, context } = await visit('/dig/')
  const signIn = await context.newPage()
  await signIn.goto(studioOrigin)
  await signIn.goto(studioOrigin)
  expect(heard.at(-1)?.cookie).toBe('session=secret')
  heard.length = 0

  const frame = await gameIn(opened)
  await opened.evaluate(() => localStorage.setItem('save:other', 'secret'))
  const outcome = await frame.evaluate(async (origin) => {
    const picture = () =>
      new Promise((resolve, reject) => {
        const image = new Image()
        image.onload = resolve
        image.onerror = reject
        image.src = `${origin}/pixel.png`
      })
    const tries: Record<string, () => unknown> = {
      fetch: () => fetch(`${origin}/api/v1/me`, { credentials: 'include' }),
      blindPost: () =>
        fetch(`${origin}/api/v1/projects`, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }),
      picture,
      socket: () =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/v1/events`)
          socket.onopen = resolve
          socket.onerror = reject
        }),
      code: () => import(`${origin}/evil.js`),
      parentPage: () => parent.document.body,
      parentStorage: () => parent.localStorage.length,
      steer: () => Object.assign(window.parent.location, { href: `${origin}/steered` }),
      cookies: () => document.cookie,
      databases: () => indexedDB.open('x'),
      caches: () => caches.keys(),
      worker: () => navigator.serviceWorker.register('sw.js'),
      popup: () => {
        if (!open(`${origin}/popup`)) throw new Error('no popup')
      },
    }
    const entries = Object.entries(tries).map(async ([name, act]) => {
      try {
        await act()
        return [name, 'reached']
      } catch {
        return [name, 'refused']
      }
    })
    return {
      ...Object.fromEntries(await Promise.all(entries)),
      keys: Object.keys(localStorage),
      origin: window.origin,
    }
  }, studioOrigin)
  expect(outcome).toEqual({
    ...Object.fromEntries(
      [
        'fetch',
        'blindPost',
        'picture',
        'socket',
        'code',
        'parentPage',
        'parentStorage',
        'steer',
        'cookies',
        'databases',
        'caches',
        'worker',
        'popup',
      ].map((name) => [name, 'refused']),
    ),
    keys: [],
    origin: 'null',
  })
  // Leaving by itself leads nowhere either: neither to the studio nor to another game of this host.
  for (const target of [`${studioOrigin}/inside`, `${games}/buttercup/`, `${games}/_b/${'0'.repeat(64)}/index.html`]) {
    const inside = await gameIn(opened)
    await inside.evaluate((url) => void setTimeout(() => location.assign(url)), target)
    await eventually(async () => inside.url().startsWith('chrome-error:'))
    await opened.reload()
  }
  expect(heard).toEqual([])
  expect(opened.url()).toBe(`${games}/dig/`)

  // Opened by itself, without the shell, it is in the same sandbox.
  const alone = await visit(`/_b/${digest}/index.html`, context)
  expect(await alone.page.evaluate(() => [window.origin, localStorage.length])).toEqual(['null', 0])
  await context.close()
})

test('its files have their types, ranges and encodings, and never more rights than the sandbox', async () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    host.app.inject({ url: `/_b/${digest}/${path}`, headers })
  const svg = await get(encodeURI('art/größe 1.svg'))
  expect([svg.statusCode, svg.headers['content-type']]).toEqual([200, 'image/svg+xml'])
  for (const path of ['index.html', 'js/rules.mjs', '_sparkle/storage.js']) {
    const { headers } = await get(path, { 'accept-encoding': 'br' })
    expect(headers['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'self'/)
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  }
  expect((await get('index.html', { 'accept-encoding': 'br' })).headers['content-encoding']).toBe('br')
  expect((await get('js/game.js', { range: 'bytes=0-5' })).body).toBe('import')
  expect((await get('js/none.js')).statusCode).toBe(404)
  const shell = await host.app.inject({ url: '/dig/' })
  expect(shell.headers['content-security-policy']).toContain(`frame-src ${games}/_b/${digest}/;`)
})
