import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { SpriteRecipe } from '@sparkle/pixel/recipe'
import type { AssetView } from '@sparkle/shared/assets'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { demoPassword, type DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openBrowser } from './kit/browser.ts'
import { openStudio } from './kit/studio.ts'
import { loadPng } from '../src/features/sprites/read-png.ts'
import { fingerprint, type renderInPage } from './sprites-in-page.ts'
import { translucentPng } from './translucent-png.ts'

const fixtures = new URL('../../api/test/fixtures/', import.meta.url)

let studio: DemoStudio
let browser: Browser
let context: BrowserContext
let page: Page
let token: string
let projectId: string
const photos: Record<string, AssetView> = {}

beforeAll(async () => {
  const opened = openBrowser()
  studio = await openStudio()
  browser = await opened
  const login = { email: 'manager@sparkle.test', password: demoPassword }
  token = (await api<{ accessToken: string }>('POST', '/auth/login', login)).accessToken
  const pet = { name: 'Identity', petName: 'Identity', packageType: 'custom' }
  projectId = (await api<{ id: string }>('POST', '/projects', pet)).id
  photos.photo = await upload('chelsea.png', 'image/png', await readFile(new URL('chelsea.png', fixtures)))
  photos.turned = await upload('turned.jpg', 'image/jpeg', await readFile(new URL('turned-portrait.jpg', fixtures)))
  photos.translucent = await upload('glass.png', 'image/png', translucentPng())

  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  // The request context shares the pages' cookies; as a script it has to name the origin that a browser names itself.
  const signedIn = await context.request.post(`${studio.studioUrl}/api/v1/auth/login`, {
    data: login,
    headers: { origin: studio.studioUrl },
  })
  if (!signedIn.ok()) throw new Error(`The sign-in answered ${signedIn.status()}.`)
  page = await context.newPage()
  await page.goto(`${studio.studioUrl}/order/sparkle`)
  // Run by the debugger, not by a script element, which the page's Content-Security-Policy would refuse.
  await page.evaluate(await bundleInPage())
})

afterAll(async () => {
  await browser?.close()
  await studio?.stop()
})

const recipes: Record<string, Partial<SpriteRecipe>> = {
  'the first guess': {
    mask: {
      shape: 'ellipse',
      points: [
        [0.06, 0.03],
        [0.94, 0.97],
      ],
    },
    animations: ['idle', 'walk', 'jump'],
  },
  'a lasso, a crop, a palette by name, diffused': {
    mask: {
      shape: 'polygon',
      points: [
        [0.1, 0.2],
        [0.8, 0.05],
        [0.95, 0.7],
        [0.4, 0.95],
        [0.45, 0.4],
      ],
    },
    crop: { x: 0.123, y: 0.07, width: 0.81, height: 0.777 },
    size: 96,
    palette: 'fur-16',
    dither: 'floyd-steinberg',
  },
  'own colours, a coloured outline, mirrored': {
    size: 48,
    palette: ['#1b1418', '#85573a', '#d9964f', '#f5e0b8'],
    outline: { mode: 'color', color: '#4f86b0' },
    mirrored: true,
    animations: ['jump'],
  },
  'many colours in a pattern, as large as it gets': {
    size: 128,
    colors: 64,
    dither: 'ordered',
    outline: { mode: 'light' },
    animations: ['idle', 'walk', 'jump'],
  },
  'a guess, cleaned up, corrected by hand, all movements': {
    steps: [
      { kind: 'guess', mode: 'replace', box: { x: 0.04, y: 0.02, width: 0.88, height: 0.96 } },
      { kind: 'wand', mode: 'erase', at: [0.95, 0.5], tolerance: 8, contiguous: true },
      {
        kind: 'brush',
        mode: 'add',
        radius: 0.021,
        points: [
          [0.31, 0.42],
          [0.52, 0.47],
        ],
      },
      {
        kind: 'brush',
        mode: 'erase',
        radius: 0.0173,
        points: [
          [0.2, 0.9],
          [0.9, 0.93],
        ],
      },
    ],
    edge: { specks: 24, smooth: 5, grow: -2, feather: 3 },
    dither: 'atkinson',
    ditherStrength: 70,
    outline: { mode: 'dark', place: 'inner' },
    animations: ['idle', 'walk', 'jump', 'happy'],
    edits: {
      width: 50,
      height: 41,
      pixels: [
        { x: 20, y: 12, color: '#ffffff' },
        { x: 3, y: 1, color: null },
        { x: 25, y: 20, color: '#30a050', frame: 'happy 2' },
      ],
    },
  },
  'several shapes, print dots': {
    steps: [
      {
        kind: 'lasso',
        mode: 'replace',
        points: [
          [0.1, 0.1],
          [0.93, 0.04],
          [0.71, 0.97],
          [0.23, 0.83],
        ],
      },
      { kind: 'ellipse', mode: 'intersect', box: { x: 0.07, y: 0.11, width: 0.8, height: 0.81 } },
      { kind: 'wand', mode: 'add', at: [0.4, 0.4], tolerance: 12, contiguous: false },
    ],
    size: 48,
    dither: 'halftone',
    palette: 'home-16',
    mirrored: true,
    animations: ['happy'],
  },
  'tiny, bare, two colours': { size: 16, colors: 2, outline: { mode: 'none' }, animations: [] },
}

for (const name of ['photo', 'turned', 'translucent']) {
  test.each(Object.entries(recipes))(`${name}: the server and Chromium draw the same pixels: %s`, async (_, recipe) => {
    const photo = photos[name] as AssetView
    const asked = await api<AssetView>('POST', `/assets/${photo.id}/sprites`, recipe)
    const sprite = await settled(asked.id)
    expect(sprite.processingStatus).toBe('ready')
    const drawn = await fingerprint(await loadPng(sprite.urls.sheet ?? ''))
    expect(await inPage(photo.urls.work ?? '', recipe)).toEqual(drawn)
  })
}

test('control: another recipe, or another photo, is another picture', async () => {
  const recipe = recipes['the first guess'] ?? {}
  const [work, other] = [photos.photo?.urls.work ?? '', photos.turned?.urls.work ?? '']
  const drawn = await inPage(work, recipe)
  expect(await inPage(work, { ...recipe, colors: 15 })).not.toEqual(drawn)
  expect((await inPage(other, recipe)).sha256).not.toBe(drawn.sha256)
})

test('the sprite tool says so itself, after work by keyboard alone', async () => {
  const tool = await context.newPage()
  const faults: string[] = []
  tool.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  tool.on('pageerror', (error) => faults.push(error.message))
  await tool.goto(`${studio.studioUrl}/projects/${projectId}/sprite/${photos.photo?.id}`)
  await tool.getByRole('radio', { name: 'Ellipse' }).click()
  const handle = tool.getByRole('slider', { name: 'Bottom right' })
  const place = () => handle.getAttribute('aria-valuenow')
  await handle.focus()
  await tool.keyboard.down('Shift')
  // A key that is held down repeats itself: one movement, so one step back.
  for (let i = 0; i < 4; i++) await tool.keyboard.down('ArrowLeft')
  await tool.keyboard.up('ArrowLeft')
  await tool.keyboard.up('Shift')
  await expect.poll(place).toBe('74')
  await tool.keyboard.press('Control+z')
  await expect.poll(place).toBe('94')
  await tool.keyboard.press('Control+Shift+Z')
  await expect.poll(place).toBe('74')

  const { violations } = await new AxeBuilder({ page: tool }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])

  await tool.keyboard.press('Control+s')
  await tool.getByText(/Same pixels as your preview/).waitFor({ timeout: 60_000 })
  expect(faults).toEqual([])
  await tool.close()
})

declare const inBrowser: { renderInPage: typeof renderInPage }

function inPage(workUrl: string, recipe: Partial<SpriteRecipe>) {
  return page.evaluate(([url, wanted]) => inBrowser.renderInPage(url, wanted), [workUrl, recipe] as const)
}

/** The sprite tool's own code as one script that a page can be given. */
async function bundleInPage(): Promise<string> {
  const entry = fileURLToPath(new URL('sprites-in-page.ts', import.meta.url))
  const lib = { entry, formats: ['iife' as const], name: 'inBrowser' }
  const results = await build({ configFile: false, logLevel: 'silent', build: { write: false, lib } })
  const [first] = [results].flat()
  const chunk = first && 'output' in first ? first.output[0] : undefined
  if (!chunk) throw new Error('Vite built nothing.')
  return chunk.code.replace(/^var inBrowser/m, 'globalThis.inBrowser')
}

async function upload(filename: string, type: string, bytes: Uint8Array<ArrayBuffer>): Promise<AssetView> {
  const form = new FormData()
  form.set('assetType', 'photo')
  form.set('file', new File([bytes], filename, { type }))
  const asset = await api<AssetView>('POST', `/projects/${projectId}/assets`, form)
  const photo = await settled(asset.id)
  if (photo.rejectionReason) throw new Error(`${filename} was refused: ${photo.rejectionReason}.`)
  return photo
}

/** The asset once its processing has ended, one way or the other. */
async function settled(id: string): Promise<AssetView> {
  return vi.waitFor(
    async () => {
      const asset = await api<AssetView>('GET', `/assets/${id}`)
      if (asset.processingStatus === 'ready' || asset.processingStatus === 'rejected') return asset
      throw new Error(`${asset.filename} is still ${asset.processingStatus}.`)
    },
    { timeout: 60_000, interval: 100 },
  )
}

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const form = body instanceof FormData
  const response = await fetch(`${studio.studioUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && !form && { 'content-type': 'application/json' }),
    },
    body: form ? body : body && JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return JSON.parse(text) as T
}
