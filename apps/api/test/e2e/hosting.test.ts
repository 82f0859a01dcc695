import pg from 'pg'
import { type Browser, type BrowserContext, chromium, devices, type Frame, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../../../tools/lib/chromium.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { type Arranged, arrange, eventually, gameBuild, makeFolder, openHost, type TestHost } from '../hosting.ts'
import { freePort } from '../parts/process.ts'
import { gameIn, loadedBest, playTo } from './play.ts'

let database: TestDatabase
let place: Awaited<ReturnType<typeof makeFolder>>
let owner: pg.Pool
let host: TestHost
let studio: Arranged
let builds: { id: string; digest: string }[]
let browser: Browser
let origin: string
let port: number

beforeAll(async () => {
  database = await cloneDatabase()
  place = await makeFolder()
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  port = await freePort()
  origin = `http://127.0.0.1:${port}`
  await openPlace()
  studio = await arrange(owner, host.deps.store, `127.0.0.1:${port}`)
  builds = [await studio.addBuild(await gameBuild(1)), await studio.addBuild(await gameBuild(2))]
  await studio.addUrl('buttercup', idOf(0))
  await studio.addUrl('chelsea', idOf(0))
  browser = await chromium.launch({
    executablePath: await findChromium(),
    args: chromiumArgs,
  })
})

afterAll(async () => {
  await browser?.close()
  await host?.stop()
  await owner.end()
  await database.drop()
  await place.remove()
})

async function openPlace(): Promise<void> {
  host = await openHost({ appUrl: database.appUrl, folder: place.folder, gamesOrigin: origin, publicOrigin: origin })
  await host.app.listen({ host: '127.0.0.1', port })
}

const idOf = (index: number) => builds[index]?.id ?? ''
const digestOf = (index: number) => builds[index]?.digest ?? ''

interface Visit {
  page: Page
  context: BrowserContext
  /** What the console said in anger; a test that expects none looks here. */
  complaints: string[]
}

async function visit(path: string): Promise<Visit> {
  const context = await browser.newContext(devices['Pixel 7'])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(origin + path)
  return { page, context, complaints }
}

const savedIn = (page: Page) => page.evaluate((key) => localStorage.getItem(key), `save:${studio.projectId}`)
test('a game reaches neither storage nor page nor network around it', async () => {
  const { page, context } = await visit('/buttercup/')
  const frame = await gameIn(page)
  const outcome = await frame.evaluate(async () => {
    const tries: Record<string, () => unknown> = {
      ownStorage: () => localStorage.length,
      parentStorage: () => parent.localStorage.length,
      parentPage: () => parent.document.body,
      cookies: () => document.cookie,
      databases: () => indexedDB.open('x'),
      caches: () => caches.keys(),
      worker: () => navigator.serviceWorker.register('/buttercup/sw.js'),
      network: () => fetch('/_e', { method: 'POST', body: '{}', mode: 'no-cors' }),
      steer: () => Object.assign(parent.location, { href: 'about:blank' }),
    }
    const entries = Object.entries(tries).map(async ([name, act]) => {
      try {
        await act()
        return [name, 'reached']
      } catch (error) {
        return [name, (error as Error).name]
      }
    })
    return { ...Object.fromEntries(await Promise.all(entries)), origin } as Record<string, string>
  })
  expect(Object.entries(outcome).filter(([, what]) => what === 'reached')).toEqual([])
  expect(outcome.origin).toBe('null')
  expect(page.url()).toBe(`${origin}/buttercup/`)
  await context.close()
})

test('the shell hears its own frame only, and only well-formed messages', async () => {
  const { page, context } = await visit('/buttercup/')
  const frame = await gameIn(page)
  await page.evaluate(() => {
    const stranger = document.createElement('iframe')
    stranger.id = 'stranger'
    stranger.sandbox.add('allow-scripts')
    stranger.srcdoc = '<p>stranger</p>'
    document.body.append(stranger)
  })
  const stranger = await (await page.waitForSelector('#stranger')).contentFrame()
  const save = (best: unknown) => ({ v: 1, type: 'save', best, muted: false })
  const post = (from: Frame, message: unknown) => from.evaluate((data) => parent.postMessage(data, '*'), message)
  if (!stranger) throw new Error('The stranger has no frame.')
  await post(stranger, save(999_999))
  for (const bad of [save(-1), save('9'), save(1e12), { ...save(5), v: 2 }, 'save', null, [save(7)]])
    await post(frame, bad)
  await page.evaluate((data) => postMessage(data, '*'), save(888_888))
  await post(frame, save(12))
  await eventually(async () => (await savedIn(page)) !== null)
  expect(await savedIn(page)).toBe('{"best":12,"muted":false}')
  await context.close()
})

test('a deploy leaves a running game alone and shows on the next visit; saves stay', async () => {
  const { page, context, complaints } = await visit('/buttercup/')
  const frame = await gameIn(page)
  await playTo(frame, 77)
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'kept')
  await owner.query("update urls set live_build_id = $1 where slug = 'buttercup'", [idOf(1)])
  await eventually(async () => (await (await fetch(`${origin}/buttercup/`)).text()).includes(digestOf(1)))
  expect(await frame.evaluate(() => document.querySelectorAll('#field').length)).toBe(1)

  await page.reload()
  const renewed = await gameIn(page)
  expect(await page.content()).toContain(digestOf(1))
  expect(await loadedBest(renewed)).toBe(77)
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'kept')
  const kept = await page.evaluate(async () =>
    (await (await caches.open('game:buttercup')).keys()).map(({ url }) => new URL(url).pathname),
  )
  expect(kept.filter((path) => path.startsWith('/_b/'))).toEqual([`/_b/${digestOf(1)}/game.html`])

  await context.setOffline(true)
  await page.reload()
  await gameIn(page)
  expect(complaints).toEqual([])
  await owner.query("update urls set live_build_id = $1 where slug = 'buttercup'", [idOf(0)])
  await context.close()
})

test('a game that has gone from its address does not live on in the cache', async () => {
  await studio.addUrl('ending', idOf(0))
  const { page, context } = await visit('/ending/')
  await gameIn(page)
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'kept')
  await owner.query("update urls set status = 'expired' where slug = 'ending'")
  await eventually(async () => (await fetch(`${origin}/ending/`)).status === 410)
  await page.reload()
  expect(await page.innerText('h1')).toBe('This game has gone to sleep')
  await eventually(() => page.evaluate(async () => !(await caches.has('game:ending'))))
  await context.close()
})

test('a preview plays inside the studio and counts and keeps nothing', async () => {
  const token = host.deps.crypto.signToken('preview', [studio.organizationId, idOf(0)], new Date(Date.now() + 60_000))
  const before = await owner.query('select count(*)::int as events from game_events')
  const { page, context, complaints } = await visit(`/_p/${token}/`)
  const frame = await gameIn(page)
  await playTo(frame, 31)
  await page.waitForTimeout(600)
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  expect(await page.evaluate(async () => (await caches.keys()).length)).toBe(0)
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  expect((await owner.query('select count(*)::int as events from game_events')).rows).toEqual(before.rows)
  expect(complaints).toEqual([])
  await context.close()
})

test('who asks not to be tracked sends no beacon at all', async () => {
  const context = await browser.newContext(devices['Pixel 7'])
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  const page = await context.newPage()
  const beacons: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/_e')) beacons.push(request.url())
  })
  await page.goto(`${origin}/buttercup/`)
  await playTo(await gameIn(page), 5)
  await page.waitForTimeout(300)
  expect(beacons).toEqual([])
  await context.close()
})

// Last, because it stops the host.
test('a game loads, plays, saves and is counted; goes offline, reloads and plays on', async () => {
  const types = async () => {
    const { rows } = await owner.query<{ type: string }>(
      'select e.type from game_events e join urls u on u.id = e.url_id where u.slug = $1',
      ['chelsea'],
    )
    return rows.map(({ type }) => type).sort()
  }
  const { page, context, complaints } = await visit('/chelsea/')
  const frame = await gameIn(page)
  await playTo(frame, 4200)
  await eventually(async () => (await savedIn(page)) === '{"best":4200,"muted":false}')
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'kept')
  // Else the end of the play could still be on its way when the net goes.
  await eventually(async () => (await types()).includes('finish'))

  await context.setOffline(true)
  await host.stop()
  await page.reload()
  const again = await gameIn(page)
  expect(await again.evaluate(() => document.querySelectorAll('#field').length)).toBe(1)
  expect(await loadedBest(again)).toBe(4200)
  await playTo(again, 5000)
  await eventually(async () => (await savedIn(page)) === '{"best":5000,"muted":false}')
  expect(complaints).toEqual([])

  await openPlace()
  await context.setOffline(false)
  await page.goto('about:blank')
  expect((await types()).filter((type) => type !== 'visible')).toEqual(['finish', 'start', 'view'])
  await context.close()
})
