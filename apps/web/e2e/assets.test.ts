import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { pageOf } from './kit/people.ts'
import { openStudio } from './kit/studio.ts'

const portrait = readFileSync(new URL('../../api/test/fixtures/turned-portrait.jpg', import.meta.url))
/** A photo with a clip of film behind it, as telephones make them: large enough to travel in several pieces. */
const large = Buffer.concat([portrait, Buffer.from('\0\0\0\u0018ftypmp42'), randomBytes(2_000_000)])
const pieceBytes = 512 * 1024

let studio: DemoStudio
let browser: Browser
let page: Page
let projectId: string

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
  page = await pageOf(browser, studio, 'manager')
  const { items } = await read<{ items: { id: string; petName: string }[] }>('/projects?limit=100')
  projectId = items.find(({ petName }) => petName === 'Buttercup')?.id ?? ''
})
afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

async function read<T>(path: string): Promise<T> {
  const reply = await page.request.get(`${studio.studioUrl}/api/v1${path}`)
  expect(reply.ok()).toBe(true)
  return (await reply.json()) as T
}

const send = (name: string, bytes: Buffer) =>
  page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'image/jpeg', buffer: bytes })

test('a photo whose connection breaks goes on where it was, on another page, and is known when it comes again', async () => {
  const offsets: number[] = []
  await page.route('**/_resumable/**', async (route) => {
    const offset = new URL(route.request().url()).searchParams.get('offset')
    if (offset !== null) offsets.push(Number(offset))
    if (offsets.length === 3) await page.getByText('on the way').waitFor()
    await (offsets.length === 3 ? route.abort('internetdisconnected') : route.continue())
  })
  await page.goto(`${studio.studioUrl}/projects/${projectId}/assets`)
  await send('holiday.jpg', large)
  await page.getByRole('link', { name: 'Activity' }).first().click()
  await page.getByText('1 file on the way').first().waitFor()
  await expect.poll(() => offsets.length, { timeout: 60_000 }).toBeGreaterThan(3)
  await page.getByRole('link', { name: 'Assets', exact: true }).first().click()
  await page.getByRole('button', { name: 'Look at holiday.jpg' }).waitFor({ timeout: 60_000 })

  expect(offsets.slice(0, 5)).toEqual([0, 1, 2, 2, 3].map((piece) => piece * pieceBytes))
  const { items } = await read<{ items: { filename: string; uploadDigest: string }[] }>('/assets?q=holiday')
  expect(items[0]?.uploadDigest).toBe(createHash('sha256').update(large).digest('hex'))

  await page.goto(`${studio.studioUrl}/projects/${projectId}/assets`)
  await send('again.jpg', large)
  await page.getByText('The same file is here already, as holiday.jpg').waitFor()
  await page.getByRole('button', { name: 'Remove again.jpg' }).click()
  await expect.poll(() => page.getByText('again.jpg').count()).toBe(0)
})

test('a better photo takes the place of the old one, is compared with it, and given up again', async () => {
  await page.goto(`${studio.studioUrl}/assets?type=photo&project=${projectId}`)
  await page.getByRole('button', { name: 'Look at buttercup.png' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('link', { name: /^Builds? \d/ }).waitFor()
  await sheet.getByRole('button', { name: 'Set focal point' }).click()
  // The new version is made on the one that this brings.
  const pointed = page.waitForResponse((reply) => reply.request().method() === 'PATCH' && reply.ok())
  await sheet.getByRole('button', { name: 'Focal point of buttercup.png' }).press('ArrowRight')
  await pointed
  const chosen = page.waitForEvent('filechooser')
  await sheet.getByRole('button', { name: 'Upload a new version' }).click()
  await (await chosen).setFiles({ name: 'better.jpg', mimeType: 'image/jpeg', buffer: portrait })
  await sheet.getByText('1,200 × 1,800 px').waitFor({ timeout: 60_000 })
  await sheet.getByRole('button', { name: 'Compare version 1 with the one in use' }).click()
  await page.getByRole('slider', { name: 'How much of the older version shows' }).press('ArrowLeft')
  await page.keyboard.press('Escape')
  await sheet.getByRole('button', { name: 'Bring version 1 back' }).click()
  await page.getByText('Version 1 is in use again.').waitFor()
  const { items } = await read<{ items: { filename: string; revision: number; focalPoint: object }[] }>(
    `/assets?q=buttercup.png&projectId=${projectId}&assetType=photo`,
  )
  expect(items[0]).toMatchObject({ revision: 1, focalPoint: { x: 0.55, y: 0.5 } })
})
