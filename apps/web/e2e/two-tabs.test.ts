import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, type DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { openStudio } from './kit/studio.ts'

let studio: DemoStudio
let browser: Browser

beforeAll(async () => {
  studio = await openStudio()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

test('two tabs change one project, and the session ends in the middle: nobody loses a word', async () => {
  const { context, page: first } = await signedIn('manager')
  const complaints: string[] = []
  first.on('pageerror', (error) => complaints.push(String(error)))
  const url = `${studio.studioUrl}/projects/${await projectOf(context, 'Buttercup')}`
  const second = await context.newPage()
  await Promise.all([first.goto(url), second.goto(url)])

  // Untouched fields follow the other tab; one's own change in the header does not stand in the way of the form.
  await first.getByLabel('Breed').fill('Corgi, mostly')
  await second.getByLabel('Personality').fill('Sings at the door.')
  await second.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(() => first.getByLabel('Personality').inputValue()).toBe('Sings at the door.')
  await first
    .getByRole('button', { name: /^(Low|Normal|High|Urgent)$/ })
    .first()
    .click()
  await first.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await first.getByRole('button', { name: 'Save changes' }).click()
  await first.getByText('Saved.').first().waitFor()
  await expect.poll(() => second.getByLabel('Breed').inputValue()).toBe('Corgi, mostly')

  // The same field in both: refused, compared side by side, and saved as chosen.
  await first.getByLabel('Breed').fill('Corgi of one tab')
  await second.getByLabel('Breed').fill('Corgi of the other')
  await second.getByLabel('Project name').fill('Seven')
  await second.getByRole('button', { name: 'Save changes' }).click()
  await second.getByText('Saved.').first().waitFor()
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
  await first.getByRole('button', { name: 'Save changes' }).waitFor({ state: 'detached' })
  await first.reload()
  expect(await first.getByLabel('Breed').inputValue()).toBe('Corgi of no tab')
  expect(complaints).toEqual([])
  await context.close()
})

test('another role is felt at once, without signing in again', async () => {
  const { context, page } = await signedIn('artist')
  const team = page.getByRole('link', { name: 'Team' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const before = await team.count()
  const admin = await signedIn('admin')
  const artist = await personOf(admin.context, 'artist@sparkle.test')
  const reply = await admin.context.request.post(`${studio.studioUrl}/api/v1/users/${artist}/role`, {
    data: { role: 'admin' },
    headers: { origin: studio.studioUrl },
  })
  expect(reply.status()).toBe(200)
  await expect.poll(() => page.getByRole('link', { name: 'Team' }).count(), { timeout: 15_000 }).toBeGreaterThan(before)
  await Promise.all([context.close(), admin.context.close()])
})

async function signedIn(who: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${studio.studioUrl}/sign-in`)
  await page.getByLabel('E-mail').fill(`${who}@sparkle.test`)
  await page.getByLabel('Password').first().fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${studio.studioUrl}/`)
  return { context, page }
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
