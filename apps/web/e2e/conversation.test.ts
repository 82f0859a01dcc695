import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStudio } from '../../../tools/lib/demo-studio.ts'
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

test('customer and studio talk live; what is written without a network goes out once; the app opens without one', async () => {
  const phone = { viewport: { width: 390, height: 844 } }
  const [manager, client] = await Promise.all([
    pageOf(browser, studio, 'manager'),
    pageOf(browser, studio, 'client', phone),
  ])
  await client.goto(`${studio.studioUrl}/`)
  await client.getByRole('link', { name: 'Read and answer' }).click()
  await client.getByText('Version 2 is ready for you.').waitFor()
  const game = new URL(client.url()).pathname
  await manager.goto(`${studio.studioUrl}${game}?tab=messages`)
  await manager.getByText('Also here: Clara Moreau').waitFor({ state: 'attached' })

  await manager.getByLabel('Your message').fill('What do you')
  await client.getByText('Jonas Keller is writing …').waitFor()
  await manager.getByLabel('Your message').fill('What do you think?')
  await manager.getByLabel('Your message').press('Enter')
  await client.getByText('What do you think?').waitFor()
  await manager.getByText('Read by Clara Moreau').waitFor()

  await client.evaluate(() => navigator.serviceWorker.ready)
  await client.context().setOffline(true)
  await client.getByLabel('Your message').fill('We love it')
  await client.getByRole('button', { name: 'Send' }).click()
  await client.getByText('Goes out as soon as there is a connection').waitFor()
  await client.reload()
  await client.getByRole('heading', { name: 'No connection just now' }).waitFor()
  expect(await keptPaths(client)).toEqual(expect.arrayContaining(['/']))
  expect((await keptPaths(client)).filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([])
  await client.context().setOffline(false)
  await manager.getByText('We love it').waitFor()
  await client.getByText('We love it').waitFor()
  const { items } = await read<{ items: { body: string }[] }>(manager, `${game}/messages`)
  expect(items.filter(({ body }) => body === 'We love it')).toHaveLength(1)

  const manifest = (await (await client.request.get(`${studio.studioUrl}/manifest.webmanifest`)).json()) as {
    display: string
    icons: { src: string; purpose: string }[]
  }
  expect(manifest.display).toBe('standalone')
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable')
  for (const { src } of manifest.icons)
    expect((await client.request.get(studio.studioUrl + src)).headers()['content-type']).toBe('image/png')
})

/** The paths of all that the app keeps for times without a network. */
function keptPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys()
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return kept.flat().map(({ url }) => new URL(url).pathname)
  })
}

async function read<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(`${studio.studioUrl}/api/v1${path}`)).json()) as T
}
