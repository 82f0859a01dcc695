import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { drawn } from './kit/drawn.ts'
import { pageOf } from './kit/people.ts'
import { openStudio } from './kit/studio.ts'

let studio: DemoStudio
let browser: Browser
let project: string

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

test('a moment is pinned on a phone, replayed at a desk, mended, approved, and only that build goes live', async () => {
  const [manager, artist, client] = await Promise.all([
    pageOf(browser, studio, 'manager'),
    pageOf(browser, studio, 'artist'),
    pageOf(browser, studio, 'client', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }),
  ])
  await client.goto(`${studio.studioUrl}/`)
  project = await projectOf(manager, 'Captain Whiskers')
  const { items: builds } = await read<{ items: { id: string }[] }>(manager, `/projects/${project}/builds`)
  const [mended, first] = [builds[0]?.id ?? '', builds[1]?.id ?? '']
  const address = await change(manager, `/projects/${project}/urls`, { slug: 'captain-whiskers' })
  await change(manager, `/projects/${project}/approval`, { requireApproval: true }, 'patch')
  const deploy = (buildId: string) =>
    manager.request.post(`${studio.studioUrl}/api/v1/urls/${address.id}/deploy`, {
      data: { buildId },
      headers: { origin: studio.studioUrl },
    })
  const before = await approvals(manager)
  expect((await deploy(mended)).status()).toBe(409)

  // The artist sends it; the customer's phone shows it by itself.
  await artist.goto(`${studio.studioUrl}/projects/${project}/review`)
  await artist.getByRole('button', { name: 'New version' }).click()
  await artist.getByRole('dialog').getByLabel('What is new').fill('A brighter sea')
  await artist.getByRole('dialog').getByRole('button', { name: 'Send for review' }).click()
  await artist.getByRole('heading', { name: 'Version 3' }).waitFor()
  const waiting = client
    .getByRole('listitem')
    .filter({ hasText: 'Captain Whiskers: have a look at the game, version 3' })
  await waiting.getByRole('link', { name: 'Have a look' }).click()

  // Played for a moment, stopped with one button, and said without a connection.
  await gameOf(client, 3).getByRole('button', { name: 'Play', exact: true }).click()
  await client.waitForTimeout(1500)
  await client.getByRole('button', { name: 'Comment', exact: true }).click()
  await client.getByText(/^Pinned to 0:0\d of your play$/).waitFor()
  await drawn(client)
  await client.context().setOffline(true)
  await client.getByRole('combobox', { name: 'New comment' }).fill('The fish is too small here')
  await client.getByRole('button', { name: 'Send' }).click()
  await client.getByRole('button', { name: 'Comments', exact: true }).click()
  await client.getByText('Waits for the connection. It is sent by itself.').waitFor()
  await client.context().setOffline(false)
  await client.getByRole('article', { name: /^Comment by/ }).waitFor()

  // The artist sees the very moment, answers, and is done with it.
  const version3 = new URL(client.url()).pathname
  await artist.goto(studio.studioUrl + version3)
  await artist.getByText('The fish is too small here').waitFor()
  expect(await artist.getByRole('article').count()).toBe(1)
  await artist.getByRole('button', { name: /See it at 0:0\d$/ }).click()
  await artist.getByText(/The game stands still at 0:0\d, where the comment was made/).waitFor({ state: 'attached' })
  await artist.getByText(/^Stopped at 0:0\d$/).waitFor()
  await artist.getByRole('button', { name: 'Reply' }).click()
  await artist.getByRole('combobox', { name: 'Reply' }).fill('It is twice as large in the next one')
  await artist.getByRole('button', { name: 'Send' }).click()
  await client.getByText('It is twice as large in the next one').waitFor()
  await artist.getByRole('button', { name: 'Done', exact: true }).click()
  await artist.getByText('Nothing is open: every comment is done.').waitFor()

  // The mended version is approved and may go live; a later one may not.
  const version4 = await sendVersion(manager, { buildId: mended, changelog: 'Larger fish' })
  await client.goto(`${studio.studioUrl}/review/${version4}`)
  await client.getByRole('button', { name: 'Approve' }).click()
  await client.getByRole('dialog').waitFor()
  await drawn(client)
  await client.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await client.getByText('You approved this version. Thank you!').first().waitFor()
  expect((await deploy(mended)).status()).toBe(200)
  await sendVersion(manager, { buildId: first, changelog: 'Another sea' })
  const refused = await deploy(first)
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([409, 'url.approval_required'])
  // Changes had been asked for before, so it was not approved at the first look.
  expect(await approvals(manager)).toEqual({ approved: before.approved + 1, atFirst: before.atFirst })
})

test('a picture is reviewed by keyboard alone: point, say, answer, approve', async () => {
  const [manager, client] = await Promise.all([pageOf(browser, studio, 'manager'), pageOf(browser, studio, 'client')])
  const { items } = await read<{ items: { id: string }[] }>(manager, `/projects/${project}/assets?assetType=sprite`)
  const before = await approvals(manager)
  const version = await sendVersion(manager, { assetId: items[0]?.id, changelog: 'Longer ears' })
  await client.goto(`${studio.studioUrl}/review/${version}`)
  await client.getByRole('img', { name: /Captain Whiskers/ }).waitFor()
  const press = async (...keys: string[]) => {
    for (const key of keys) await client.keyboard.press(key)
  }

  const focusedField = (name: string) => client.getByRole('combobox', { name }).and(client.locator(':focus')).waitFor()

  await tabTo(client, 'Comment')
  await press('Enter')
  await client.getByText('Press where it is.').waitFor()
  await press('ArrowRight', 'ArrowRight', 'Shift+ArrowUp', 'Enter')
  await client.getByText('Pinned 52% from the left, 45% from the top').waitFor()
  await focusedField('New comment')
  await client.keyboard.type('This ear')
  await press('Control+Enter')
  await client.getByRole('article', { name: /^Comment by/ }).waitFor()
  await client.getByRole('button', { name: 'Comment 1', exact: true }).waitFor()

  await tabTo(client, 'Reply')
  await press('Enter')
  await focusedField('Reply')
  await client.keyboard.type('I mean the left one')
  await press('Control+Enter')
  await client.getByText('I mean the left one').waitFor()

  await tabTo(client, 'Approve')
  await press('Enter')
  // Its button is called as the one before, which has the focus until the question takes it.
  const question = client.getByRole('dialog')
  await expect.poll(() => question.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  await tabTo(client, 'Approve')
  await press('Enter')
  await client.getByText('You approved this version. Thank you!').first().waitFor()
  expect(await approvals(manager)).toEqual({ approved: before.approved + 1, atFirst: before.atFirst + 1 })
})

/** Walks by the Tab key alone until what has the focus is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    const words = await page.evaluate(() => {
      const { activeElement: focused } = document
      return focused?.getAttribute('aria-label') ?? focused?.textContent ?? ''
    })
    if (words.trim() === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`No Tab leads to "${name}".`)
}

/** The game within the preview's own shell. */
function gameOf(page: Page, number: number): FrameLocator {
  return page.frameLocator(`iframe[title="Captain Whiskers’s game, version ${number}"]`).frameLocator('#game')
}

async function projectOf(page: Page, pet: string): Promise<string> {
  const { items } = await read<{ items: { id: string; petName: string }[] }>(page, '/projects?limit=100')
  return items.find(({ petName }) => petName === pet)?.id ?? ''
}

/** How many things were approved, and how many of them at the first look. */
async function approvals(page: Page): Promise<{ approved: number; atFirst: number }> {
  const { totals } = await read<{ totals: Record<'approved' | 'firstTimeApproval', { value: number | null }> }>(
    page,
    '/dashboard/figures',
  )
  const approved = totals.approved.value ?? 0
  return { approved, atFirst: Math.round((totals.firstTimeApproval.value ?? 0) * approved) }
}

async function sendVersion(page: Page, input: object): Promise<string> {
  const { id } = await change(page, `/projects/${project}/versions`, input)
  await change(page, `/versions/${id}/send`, {})
  return id
}

async function read<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(`${studio.studioUrl}/api/v1${path}`)).json()) as T
}

async function change(page: Page, path: string, data: object, method: 'post' | 'patch' = 'post') {
  const reply = await page.request[method](`${studio.studioUrl}/api/v1${path}`, {
    data,
    headers: { origin: studio.studioUrl },
  })
  expect(reply.ok(), await reply.text()).toBe(true)
  return (await reply.json()) as { id: string }
}
