import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, devices, type Frame, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../../../tools/lib/chromium.ts'
import { type Api, type Person, startApi } from '../harness.ts'
import { type Arranged, arrange, eventually, gameBuild, openHost, type TestHost } from '../hosting.ts'
import { freePort } from '../parts/process.ts'
import { endPlay, gameIn, keptOffline, loadedBest, playTo, startPlay } from './play.ts'

// What the studio does by the API while somebody plays on the host: deploy, roll back, rename.
let api: Api
let host: TestHost
let manager: Person
let browser: Browser
let context: BrowserContext
let origin: string
let pets: Arranged[]
let builds: { id: string; digest: string }[]

beforeAll(async () => {
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  api = await startApi({ GAMES_ORIGIN: origin })
  const folder = join(api.deps.config.dataDir, 'objects')
  host = await openHost({ appUrl: api.appUrl, folder, gamesOrigin: origin, publicOrigin: origin })
  await host.app.listen({ host: '127.0.0.1', port })
  const studio = await api.studio()
  manager = await studio.person('manager')
  const place = () => arrange(api.owner, host.deps.store, `127.0.0.1:${port}`, studio.organizationId)
  pets = [await place(), await place()]
  builds = [await petOf(0).addBuild(await gameBuild(1)), await petOf(0).addBuild(await gameBuild(2))]
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
  context = await browser.newContext(devices['Pixel 7'])
})

afterAll(async () => {
  await browser?.close()
  await host?.stop()
  await api?.close()
})

function petOf(index: number): Arranged {
  const pet = pets[index]
  if (!pet) throw new Error(`There is no pet ${index}.`)
  return pet
}
const buildOf = (index: number) => builds[index] ?? { id: '', digest: '' }

async function reserve(pet: Arranged, slug: string): Promise<string> {
  const { body } = await api.as(manager).post(`/projects/${pet.projectId}/urls`).send({ slug }).expect(201)
  return body.id as string
}
const deploy = (urlId: string, buildId: string) =>
  api.as(manager).post(`/urls/${urlId}/deploy`).send({ buildId }).expect(200)
const shows = (slug: string, digest: string) =>
  eventually(async () => (await (await fetch(`${origin}/${slug}/`)).text()).includes(digest))

async function open(slug: string): Promise<{ page: Page; frame: Frame; complaints: string[] }> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`${origin}/${slug}/`)
  return { page, frame: await gameIn(page), complaints }
}

const picture = (frame: Frame) => frame.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '')

test("a deploy rolled back while a player is on the page: the player's game goes on", async () => {
  const urlId = await reserve(petOf(0), 'rolling')
  await deploy(urlId, buildOf(0).id)
  await deploy(urlId, buildOf(1).id)
  await shows('rolling', buildOf(1).digest)
  const { page, frame, complaints } = await open('rolling')
  expect(await page.content()).toContain(buildOf(1).digest)
  await startPlay(frame)

  await api.as(manager).post(`/urls/${urlId}/rollback`).expect(200)
  await shows('rolling', buildOf(0).digest)
  const before = await picture(frame)
  await eventually(async () => (await picture(frame)) !== before)
  expect(await frame.isHidden('#screen')).toBe(true)
  await endPlay(frame, 41)
  await eventually(async () => (await loadedBest(frame)) === 41)
  expect(await page.content()).toContain(buildOf(1).digest)
  await eventually(async () => {
    const { rows } = await api.owner.query("select 1 from game_events where url_id = $1 and type = 'finish'", [urlId])
    return rows.length === 1
  })

  await page.reload()
  expect(await loadedBest(await gameIn(page))).toBe(41)
  expect(await page.content()).toContain(buildOf(0).digest)
  expect(complaints).toEqual([])
  await page.close()
})

test("two games on one host cannot read each other's saves; a save survives a redeploy and a rename", async () => {
  const [first, second] = [await reserve(petOf(0), 'biscuit'), await reserve(petOf(1), 'crumpet')]
  const other = await petOf(1).addBuild(await gameBuild(3))
  await deploy(first, buildOf(0).id)
  await deploy(second, other.id)
  const mine = await open('biscuit')
  await playTo(mine.frame, 77)
  await eventually(async () => (await loadedBest(mine.frame)) === 77)
  await keptOffline(mine.page)

  const theirs = await open('crumpet')
  const reached = await theirs.frame.evaluate(async (key) => {
    const answers: unknown[] = []
    addEventListener('message', ({ data }) => answers.push(data))
    // Its own words for "give me the other one's": the shell knows no such wish and answers with its own.
    for (const wish of [{ key }, { saveKey: key }, { slug: 'biscuit' }])
      parent.postMessage({ v: 1, type: 'load', ...wish }, '*')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const storage = (() => {
      try {
        return localStorage.getItem(`save:${key}`)
      } catch (error) {
        return (error as Error).name
      }
    })()
    return { answers: JSON.stringify(answers), storage }
  }, petOf(0).projectId)
  expect(reached.storage).toBe('SecurityError')
  expect(reached.answers).toContain('"best":0')
  expect(reached.answers).not.toContain('77')
  await playTo(theirs.frame, 5)
  await eventually(async () => (await loadedBest(theirs.frame)) === 5)
  expect(await loadedBest(mine.frame)).toBe(77)

  await deploy(first, buildOf(1).id)
  await shows('biscuit', buildOf(1).digest)
  // Not a reload, which always asks the server: a player who comes back the usual way sees the deploy, too.
  await mine.page.goto(`${origin}/biscuit/`)
  expect(await loadedBest(await gameIn(mine.page))).toBe(77)
  expect(await mine.page.content()).toContain(buildOf(1).digest)

  await api.as(manager).patch(`/urls/${first}`).send({ slug: 'biscuit-the-brave' }).expect(200)
  await eventually(async () => (await fetch(`${origin}/biscuit/`, { redirect: 'manual' })).status === 308)
  await mine.page.goto(`${origin}/biscuit/`)
  const renamed = await gameIn(mine.page)
  expect(mine.page.url()).toBe(`${origin}/biscuit-the-brave/`)
  expect(await loadedBest(renamed)).toBe(77)
  expect(await loadedBest(theirs.frame)).toBe(5)
  expect([...mine.complaints, ...theirs.complaints]).toEqual([])
})
