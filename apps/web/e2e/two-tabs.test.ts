import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, type DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { pageOf } from './kit/people.ts'
import { openStudio } from './kit/studio.ts'

let studio: DemoStudio
let browser: Browser

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

test('two tabs change one project, and the session ends in the middle: nobody loses a word', async () => {
  const first = await pageOf(browser, studio, 'manager')
  const context = first.context()
  const complaints: string[] = []
  first.on('pageerror', (error) => complaints.push(String(error)))
  const url = `${studio.studioUrl}/projects/${await projectOf(context, 'Buttercup')}`
  const second = await context.newPage()
  await Promise.all([first.goto(url), second.goto(url)])

  // Whoever uses a tab has it in front; Chromium draws the one behind once a second, and a click waits for two drawings.
  // Untouched fields follow the other tab; one's own change in the header does not stand in the way of the form.
  await first.getByLabel('Breed').fill('Corgi, mostly')
  await second.getByLabel('Personality').fill('Sings at the door.')
  await second.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(() => first.getByLabel('Personality').inputValue()).toBe('Sings at the door.')
  await first.bringToFront()
  await first
    .getByRole('button', { name: /^(Low|Normal|High|Urgent)$/ })
    .first()
    .click()
  await first.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await first.getByRole('button', { name: 'Save changes' }).click()
  await saved(first)
  await expect.poll(() => second.getByLabel('Breed').inputValue()).toBe('Corgi, mostly')

  // The same field in both: refused, compared side by side, and saved as chosen.
  await first.getByLabel('Breed').fill('Corgi of one tab')
  await second.bringToFront()
  await second.getByLabel('Breed').fill('Corgi of the other')
  await second.getByLabel('Project name').fill('Seven')
  await second.getByRole('button', { name: 'Save changes' }).click()
  await saved(second)
  await first.bringToFront()
  await first.getByRole('button', { name: 'Save changes' }).click()
  await first.getByRole('button', { name: 'Compare' }).click()
  const merge = first.getByRole('dialog', { name: 'Somebody else saved first' })
  await merge.getByText('Before: Corgi, mostly').waitFor()
  await merge.getByText('taken over: Project name').waitFor()
  await merge.getByRole('radio', { name: 'Yours: Corgi of one tab' }).click()
  await merge.getByRole('button', { name: 'Save this' }).click()
  await merge.waitFor({ state: 'detached' })
  await expect.poll(() => second.getByLabel('Breed').inputValue()).toBe('Corgi of one tab')
  expect(await first.getByLabel('Project name').inputValue()).toBe('Seven')
  await first.getByLabel('Breed').fill('Corgi of no tab')

  // Leaving asks.
  await first.getByRole('link', { name: 'Projects' }).first().click()
  await first.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await first.getByRole('alertdialog').waitFor({ state: 'detached' })

  // The session ends: the password is asked for over the page, and the save goes on.
  await context.clearCookies()
  await first.getByLabel('Breed').press('Enter')
  const dialog = first.getByRole('dialog', { name: 'Sign in again' })
  await dialog.getByLabel('Password', { exact: true }).fill(demoPassword)
  await dialog.getByRole('button', { name: 'Sign in' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await first.getByLabel('Breed').inputValue()).toBe('Corgi of no tab')
  await first.getByRole('button', { name: 'Save changes' }).click()
  await saved(first)
  await first.reload()
  expect(await first.getByLabel('Breed').inputValue()).toBe('Corgi of no tab')
  expect(complaints).toEqual([])
  await context.close()
})

test('another role is felt at once, without signing in again', async () => {
  const page = await pageOf(browser, studio, 'artist')
  await page.goto(`${studio.studioUrl}/`)
  const team = page.getByRole('link', { name: 'Team' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const before = await team.count()
  const admin = (await pageOf(browser, studio, 'admin')).context()
  const artist = await personOf(admin, 'artist@sparkle.test')
  const reply = await admin.request.post(`${studio.studioUrl}/api/v1/users/${artist}/role`, {
    data: { role: 'admin' },
    headers: { origin: studio.studioUrl },
  })
  expect(reply.status()).toBe(200)
  await expect.poll(() => page.getByRole('link', { name: 'Team' }).count(), { timeout: 60_000 }).toBeGreaterThan(before)
  await Promise.all([page.context().close(), admin.close()])
})

/** The bar with the button goes when nothing is left to save. */
async function saved(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' })
}

async function projectOf({ request }: BrowserContext, petName: string): Promise<string> {
  const reply = await request.get(`${studio.studioUrl}/api/v1/projects?limit=100`)
  const { items } = (await reply.json()) as { items: { id: string; petName: string }[] }
  return items.find((item) => item.petName === petName)?.id ?? ''
}

async function personOf({ request }: BrowserContext, email: string): Promise<string> {
  const reply = await request.get(`${studio.studioUrl}/api/v1/users?q=${encodeURIComponent(email)}`)
  const { items } = (await reply.json()) as { items: { id: string }[] }
  return items[0]?.id ?? ''
}
