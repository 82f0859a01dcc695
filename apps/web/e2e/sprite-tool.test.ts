import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { AssetItem, AssetView } from '@sparkle/shared/assets'
import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoPassword, type DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { openStudio } from './kit/studio.ts'

const fixtures = new URL('../../api/test/fixtures/', import.meta.url)

let studio: DemoStudio
let browser: Browser
let context: BrowserContext
let projectId: string
let photoId: string
const faults: string[] = []

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await api('POST', '/auth/login', { email: 'manager@sparkle.test', password: demoPassword })
  const pet = { name: 'Corrected', petName: 'Corrected', packageType: 'custom' }
  projectId = (await api<{ id: string }>('POST', '/projects', pet)).id
  photoId = await uploadPhoto('chelsea.png')
})

afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

test('a photo becomes a sprite by a cut-out by hand and one corrected pixel, which a reload does not lose', async () => {
  const tool = await openTool()
  const photo = tool.getByRole('group', { name: 'The photo with its crop and cut-out' })
  const box = await photo.boundingBox()
  if (!box) throw new Error('The photo is not shown.')
  const drag = async (...points: [number, number][]) => {
    for (const [index, [x, y]] of points.entries()) {
      await tool.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 })
      if (index === 0) await tool.mouse.down()
    }
    await tool.mouse.up()
  }
  // A box around the head, a stroke of the brush, and a click of the wand.
  await drag([0.15, 0.04], [0.85, 0.96])
  await choose(tool, 'Brush')
  await choose(tool, 'Cut away')
  await drag([0.3, 0.9], [0.5, 0.92], [0.7, 0.9])
  await choose(tool, 'Wand')
  await drag([0.95, 0.1])
  await tool.keyboard.press('Control+z')

  await choose(tool, 'Pixels')
  await tool
    .getByRole('button', { name: /^Paint with/ })
    .first()
    .click()
  const grid = tool.getByRole('slider', { name: 'The frame, pixel by pixel' })
  await grid.focus()
  const painted = (await tool.getByRole('button', { name: /^Paint with/, pressed: true }).getAttribute('title')) ?? ''
  for (const key of ['ArrowRight', 'ArrowRight', 'Space']) await tool.keyboard.press(key)
  await expect.poll(() => grid.getAttribute('aria-valuetext'), { timeout: 60_000 }).toContain(painted)
  await tool.getByRole('button', { name: 'Undo 1 correction' }).waitFor()
  const { violations } = await new AxeBuilder({ page: tool }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  // The draft is written a moment after the last change.
  const draft = () => tool.evaluate((key) => localStorage.getItem(key) ?? '', `sprite-draft ${photoId} `)
  await expect.poll(draft, { timeout: 60_000 }).toContain(`"color":"${painted}"`)
  await tool.reload()
  await tool.getByText('Your unfinished work on this photo was kept.').waitFor()
  await tool.keyboard.press('Control+s')
  await tool.getByText(/Same pixels as your preview/).waitFor({ timeout: 60_000 })
  await tool.reload()
  await tool.getByRole('button', { name: 'Find the pet' }).waitFor()
  expect(await tool.getByText('Your unfinished work on this photo was kept.').count()).toBe(0)
  await tool.close()

  const made = await sprites()
  expect(made).toHaveLength(1)
  const recipe = made[0]?.recipe
  expect(recipe?.steps.map(({ kind, mode }) => `${kind} ${mode}`)).toEqual(['guess replace', 'brush erase'])
  expect(recipe?.edits?.pixels).toMatchObject([{ color: painted }])
  expect(faults).toEqual([])
})

/** The project's sprites, each with its recipe. */
async function sprites(): Promise<AssetView[]> {
  const { items } = await api<{ items: AssetItem[] }>('GET', `/projects/${projectId}/assets?assetType=sprite`)
  return Promise.all(items.map(({ id }) => api<AssetView>('GET', `/assets/${id}`)))
}

test('a recipe is tried on another photo as it is', async () => {
  await uploadPhoto('turned-portrait.jpg')
  const tool = await openTool()
  await tool.getByRole('button', { name: 'Find the pet' }).click()
  await tool.getByRole('button', { name: 'Other photo' }).click()
  await tool.getByRole('menuitem', { name: 'turned-portrait.jpg' }).click()
  await tool.getByRole('heading', { name: 'Sprite of turned-portrait.jpg' }).waitFor()
  await tool.keyboard.press('Control+s')
  await tool.getByText(/Same pixels as your preview/).waitFor({ timeout: 60_000 })
  await tool.close()
  const tried = (await sprites()).find(({ sourceAssetId }) => sourceAssetId !== photoId)
  expect(tried?.recipe?.steps).toEqual([{ kind: 'guess', mode: 'replace', box: { x: 0, y: 0, width: 1, height: 1 } }])
  expect(faults).toEqual([])
})

test('a sprite is drawn anew as its next version, or saved as another', async () => {
  const before = await sprites()
  const first = before.find(({ sourceAssetId }) => sourceAssetId === photoId)
  const tool = await openTool(`?from=${first?.id}`)
  await choose(tool, '32')
  await tool.keyboard.press('Control+s')
  await tool.getByText(/, version 2/).waitFor({ timeout: 60_000 })
  await tool.getByText(/Same pixels as your preview/).waitFor({ timeout: 60_000 })
  expect((await sprites()).find(({ id }) => id === first?.id)).toMatchObject({ revision: 2, recipe: { size: 32 } })
  expect(await sprites()).toHaveLength(before.length)
  await tool.getByRole('button', { name: 'Save as another' }).click()
  await expect.poll(async () => (await sprites()).length, { timeout: 60_000 }).toBe(before.length + 1)
  await tool.close()
  expect(faults).toEqual([])
})

test('a sheet that has been worked on in Aseprite comes back as a sprite', async () => {
  const { items } = await api<{ items: AssetItem[] }>('GET', `/projects/${projectId}/assets?assetType=sprite`)
  // The newest may still be drawn.
  const sprite = items.find(({ processingStatus }) => processingStatus === 'ready')
  const data = await api<object>('GET', `/assets/${sprite?.id}/sheet?format=hash`)
  const sheet = await (await context.request.get(sprite?.urls.sheet ?? '')).body()
  const tab = await context.newPage()
  await tab.goto(`${studio.studioUrl}/projects/${projectId}/assets`)
  await tab.getByRole('button', { name: 'Import from Aseprite' }).click()
  const dialog = tab.getByRole('dialog', { name: 'Import a sprite from Aseprite' })
  await dialog.locator('input[type=file]').setInputFiles([
    { name: 'chelsea.png', mimeType: 'image/png', buffer: sheet },
    { name: 'chelsea.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(data)) },
  ])
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  const after = await api<{ items: AssetItem[] }>('GET', `/projects/${projectId}/assets?assetType=sprite`)
  expect(after.items).toHaveLength(items.length + 1)
  const imported = after.items.find(({ id }) => !items.some((before) => before.id === id))
  expect(imported?.metadata.frames).toBe(sprite?.metadata.frames)
  await tab.close()
  expect(faults).toEqual([])
})

async function openTool(search = ''): Promise<Page> {
  const tool = await context.newPage()
  tool.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  tool.on('pageerror', (error) => faults.push(error.message))
  await tool.goto(`${studio.studioUrl}/projects/${projectId}/sprite/${photoId}${search}`)
  await tool.getByRole('button', { name: 'Find the pet' }).waitFor()
  return tool
}

async function choose(tool: Page, name: string): Promise<void> {
  await tool.getByRole('radio', { name, exact: true }).click()
}

/** Its id, when it has been processed. */
async function uploadPhoto(filename: string): Promise<string> {
  const file = { name: filename, mimeType: filename.endsWith('.png') ? 'image/png' : 'image/jpeg' }
  const buffer = await readFile(new URL(filename, fixtures))
  const reply = await context.request.post(`${studio.studioUrl}/api/v1/projects/${projectId}/assets`, {
    multipart: { assetType: 'photo', file: { ...file, buffer } },
    headers: { origin: studio.studioUrl },
  })
  const { id } = (await reply.json()) as AssetView
  const ready = async () => {
    const { processingStatus } = await api<AssetView>('GET', `/assets/${id}`)
    if (processingStatus !== 'ready') throw new Error(`${filename} is still ${processingStatus}.`)
  }
  await vi.waitFor(ready, { timeout: 60_000, interval: 100 })
  return id
}

/** Calls the API as the browser's person. */
async function api<T>(method: string, path: string, data?: object): Promise<T> {
  const request: APIRequestContext = context.request
  const reply = await request.fetch(`${studio.studioUrl}/api/v1${path}`, {
    method,
    ...(data && { data }),
    headers: { origin: studio.studioUrl },
  })
  if (!reply.ok()) throw new Error(`${method} ${path} answered ${reply.status()}: ${await reply.text()}`)
  return (await reply.json()) as T
}
