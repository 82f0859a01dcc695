import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, devices, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoStudio, demoPassword } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { openStudio } from './kit/studio.ts'

const photo = fileURLToPath(new URL('../../api/test/fixtures/chelsea.png', import.meta.url))

const pet = 'Chelsea the Brave'
const slug = 'chelsea'

let studio: DemoStudio
let browser: Browser
const faults: string[] = []

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

/** A browser of its own for each person. Whatever it complains about in its console fails the test. */
async function person(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.on('weberror', (error) => faults.push(String(error.error())))
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text(), context)) faults.push(message.text())
  })
  page.setDefaultTimeout(60_000)
  return page
}

const offline = new Set<BrowserContext>()

/** Asking who is signed in before anybody is answers 401, and a phone without a network cannot fetch. */
function isExpected(text: string, context: BrowserContext): boolean {
  return text.includes('401 (Unauthorized)') || offline.has(context)
}

async function signIn(page: Page, who: string): Promise<void> {
  await page.goto(studio.studioUrl)
  await page.getByLabel('E-mail').fill(`${who}@sparkle.test`)
  await page.getByLabel('Password', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Dashboard' }).first().waitFor()
}

test('order to play', { timeout: 600_000 }, async () => {
  const manager = await person()
  await signIn(manager, 'manager')
  await manager.getByRole('heading', { name: 'Board' }).waitFor()

  await orderAsVisitor()
  // The new project comes to the dashboard by itself.
  await manager.getByText(pet).first().waitFor()
  const project = await assignTheArtist(manager)

  await makeTheGame(project)
  await deploy(manager, project)
  await playOnAPhone(manager)
  await lookAtTheFigures(manager, project)
  expect(faults).toEqual([])
})

async function orderAsVisitor(): Promise<void> {
  const visitor = await person({ ...devices['Pixel 7'] })
  await visitor.goto(`${studio.studioUrl}/order/sparkle`)
  await visitor.getByText('Custom', { exact: true }).click()
  await visitor.locator('input[type=file]').setInputFiles(photo)
  await visitor.getByLabel('Name of your pet').fill(pet)
  await visitor.getByRole('button', { name: 'Next: The game' }).click()
  await visitor.getByRole('button', { name: 'Next: You' }).click()
  await visitor.getByLabel('Your name').fill('Ann Miller')
  await visitor.getByLabel('E-mail').fill('ann@example.test')
  await visitor.getByRole('checkbox', { name: /I agree/ }).check()
  await visitor.getByRole('button', { name: 'Send the order' }).click()
  await visitor.getByRole('heading', { name: /Thank you/ }).waitFor()
  await visitor.getByRole('link', { name: 'Follow your order' }).click()
  await visitor.getByText('Your order is with the studio').waitFor()
  await visitor.context().close()
}

/** Answers the address of the project's page. */
async function assignTheArtist(manager: Page): Promise<string> {
  await manager.getByRole('link', { name: pet }).first().click()
  await manager.getByRole('heading', { name: pet, level: 1 }).waitFor()
  await manager
    .getByRole('button', { name: /Assign|Unassigned/ })
    .first()
    .click()
  await manager.getByRole('menuitemradio', { name: /Mika/ }).click()
  return new URL(manager.url()).pathname
}

async function makeTheGame(project: string): Promise<void> {
  const artist = await person()
  await signIn(artist, 'artist')
  await artist.goto(studio.studioUrl + project)
  await artist.getByRole('link', { name: 'Make sprite' }).first().click()
  await artist.getByRole('button', { name: 'Save the sprite' }).click()
  await artist.getByText('Same pixels as your preview').waitFor()

  await artist.goto(`${studio.studioUrl}${project}/builds`)
  await artist.getByLabel('Length in seconds').fill('30')
  await artist.getByRole('button', { name: 'Build the game' }).click()
  await artist.getByText('Passed').first().waitFor()
  await artist.context().close()
}

async function deploy(manager: Page, project: string): Promise<void> {
  await manager.goto(`${studio.studioUrl}${project}/address`)
  await manager.getByRole('textbox', { name: 'Address' }).fill(slug)
  const panel = manager.getByRole('tabpanel', { name: 'Address' })
  await panel.getByRole('button', { name: 'Reserve address' }).click()
  await panel.getByRole('button', { name: 'Deploy', exact: true }).click()
  await manager.getByRole('dialog').getByRole('button', { name: 'Deploy', exact: true }).click()
  await manager.getByText(`/${slug}/ is live.`).waitFor()
}

async function playOnAPhone(manager: Page): Promise<void> {
  const player = await person({ ...devices['Pixel 7'] })
  await player.goto(`${studio.gamesUrl}/${slug}/`)
  await play(player)
  // Everything it needs has been kept by now: the network may go.
  await player.evaluate(async () => void (await navigator.serviceWorker.ready))
  // But for the end of the play, which may still be on its way.
  await expect.poll(() => finishes(manager)).toBe(1)
  offline.add(player.context())
  await player.context().setOffline(true)
  await player.reload()
  await hurry(player)
  await play(player, hurried)
  await player.context().setOffline(false)
  await player.context().close()
}

/** How often the game was played to its end, as far as the studio knows. */
async function finishes({ request }: Page): Promise<number | undefined> {
  const read = async <T>(path: string) => (await (await request.get(`${studio.studioUrl}/api/v1${path}`)).json()) as T
  const { items } = await read<{ items: { id: string; slug: string }[] }>('/urls?status=active')
  const url = items.find((one) => one.slug === slug)
  return (await read<{ totals: { finishes: number } }>(`/urls/${url?.id}/analytics`)).totals.finishes
}

/** How much faster than the clock a hurried game goes: a step less than what its loop takes for a stall. */
const hurried = 4

/** Lets a game's time pass faster, since the same half minute was played by the clock before. */
async function hurry(player: Page): Promise<void> {
  await player.frameLocator('iframe').getByRole('button', { name: 'Play', exact: true }).waitFor()
  await player.frames()[1]?.evaluate((faster) => {
    const nextFrame = window.requestAnimationFrame
    window.requestAnimationFrame = (callback) => nextFrame((now) => callback(now * faster))
  }, hurried)
}

/** Runs to and fro with a finger until the time is up or the hearts are gone, and expects to have caught something. */
async function play(player: Page, speed = 1): Promise<void> {
  const game = player.frameLocator('iframe')
  await game.getByRole('button', { name: 'Play', exact: true }).tap()
  const touch = await player.context().newCDPSession(player)
  const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: 700 }] })
  await finger('touchStart', 200)
  const again = game.getByRole('button', { name: 'Play again' })
  for (let turn = 0; turn < 300 && !(await again.isVisible()); turn += 1) {
    await finger('touchMove', 206 + 150 * Math.sin(turn / 2))
    await player.waitForTimeout(150 / speed)
  }
  await finger('touchEnd', 0)
  await game.getByRole('heading', { name: /scored [1-9]\d* points/ }).waitFor()
}

async function lookAtTheFigures(manager: Page, project: string): Promise<void> {
  await manager.goto(`${studio.studioUrl}${project}/address`)
  for (const figure of ['Views', 'Plays', 'Finished'])
    await expect.poll(() => figureOf(manager, figure), { timeout: 60_000 }).toBe('1')
}

function figureOf(page: Page, name: string): Promise<string | null> {
  return page
    .locator('dt', { hasText: new RegExp(`^${name}$`) })
    .locator('xpath=following-sibling::dd[1]')
    .first()
    .textContent()
}
