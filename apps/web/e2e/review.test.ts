import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../../../tools/lib/chromium.ts'
import { demoPassword, startDemoStudio, type DemoStudio } from '../../../tools/lib/demo-studio.ts'

let studio: DemoStudio
let browser: Browser

beforeAll(async () => {
  studio = await startDemoStudio()
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

test('a version is sent, approved on a phone, and only that build goes live', async () => {
  const [manager, client] = await Promise.all([signedIn('manager', 1440), signedIn('client', 390)])
  const { items } = await read<{ items: { id: string; petName: string }[] }>(manager, '/projects?limit=100')
  const project = items.find(({ petName }) => petName === 'Captain Whiskers')?.id ?? ''
  const { items: builds } = await read<{ items: { id: string }[] }>(manager, `/projects/${project}/builds`)
  const address = await change(manager, `/projects/${project}/urls`, { slug: 'captain-whiskers' })
  await change(manager, `/projects/${project}/approval`, { requireApproval: true }, 'patch')
  const deploy = (buildId = '') =>
    manager.request.post(`${studio.studioUrl}/api/v1/urls/${address.id}/deploy`, {
      data: { buildId },
      headers: { origin: studio.studioUrl },
    })
  expect((await deploy(builds[0]?.id)).status()).toBe(409)

  await manager.goto(`${studio.studioUrl}/projects/${project}/review`)
  await manager.getByRole('button', { name: 'New version' }).click()
  await manager.getByRole('dialog').getByLabel('What is new').fill('A brighter sea')
  await manager.getByRole('dialog').getByRole('button', { name: 'Send for review' }).click()
  await manager.getByRole('heading', { name: 'Version 3' }).waitFor()

  await client.getByRole('heading', { name: 'Captain Whiskers: have a look at version 3' }).waitFor()
  await client.getByRole('link', { name: 'Have a look' }).click()
  await client.getByTitle('Captain Whiskers’s game, version 3').waitFor()
  await client.getByRole('button', { name: 'Approve' }).click()
  await client.getByRole('alertdialog').getByRole('button', { name: 'Approve' }).click()
  await client.getByText('You approved this version. Thank you!').waitFor()

  await manager.goto(`${studio.studioUrl}/projects/${project}/address?deploy=1`)
  await manager.getByRole('dialog').getByRole('button', { name: 'Deploy' }).click()
  await manager.getByText('Build 2 is live.').waitFor()
  const refused = await deploy(builds[1]?.id)
  expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([409, 'url.approval_required'])
})

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

async function signedIn(who: string, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${studio.studioUrl}/sign-in`)
  await page.getByLabel('E-mail').fill(`${who}@sparkle.test`)
  await page.getByLabel('Password').first().fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${studio.studioUrl}/`)
  return page
}
