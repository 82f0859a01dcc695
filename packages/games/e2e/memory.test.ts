import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chromiumArgs, findChromium } from '../../../tools/lib/chromium.ts'
import { buildInput } from '../fixtures/build.ts'
import type { PlayRecord } from '../src/bridge.ts'
import { buildGame, type GameBuild } from '../src/builder/build-game.ts'
import { smokePlay } from '../src/builder/smoke-play.ts'
import { replay } from '../src/engine/game.ts'
import { stateHash } from '../src/engine/hash.ts'
import { decodeLog } from '../src/engine/input-log.ts'
import { layOut } from '../src/render/stage.ts'
import { memoryConfig, memoryFeatures } from '../src/templates/memory/config.ts'
import { placeOf } from '../src/templates/memory/layout.ts'
import { memory } from '../src/templates/memory/sim.ts'
import type { MemoryState } from '../src/templates/memory/state.ts'
import { heardFrom, startShell, tellGame } from './shell.ts'

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' }
const phoneSize = { width: 390, height: 844 }
const phone: BrowserContextOptions = { viewport: phoneSize, hasTouch: true, isMobile: true }
let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArgs })
})
afterAll(() => browser.close())

const make = (change: Record<string, unknown> = {}) =>
  buildGame(buildInput({ difficulty: 'easy', rounds: 1, features: [], ...change }, 'memory'))

async function withGame(build: GameBuild, options: BrowserContextOptions, visit: (page: Page) => Promise<void>) {
  const shell = await startShell(build)
  const context = await browser.newContext(options)
  const complaints: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(shell.url)
    await heardFrom(page, 'ready')
    await visit(page)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
    await shell.close()
  }
}

/** The state that a record leads to, replayed here in Node; it has to be the browser's own. */
function stateOf(build: GameBuild, record: PlayRecord): MemoryState {
  const log = decodeLog(record.log)
  if (!log) throw new Error('The log cannot be read')
  const state = replay(memory, memoryConfig.parse(build.manifest.config), build.manifest.seed, log)
  expect([stateHash(state), state.score]).toEqual([record.hash, record.score])
  return state
}

let snapshots = 0
async function now(page: Page, build: GameBuild): Promise<MemoryState> {
  await tellGame(page, { v: 1, type: 'snapshot' })
  snapshots += 1
  return stateOf(build, await heardFrom(page, 'snapshot', snapshots))
}

/** Plays whole boards by looking into the state, as nobody can, through whatever turns a card. */
async function playAll(page: Page, build: GameBuild, turn: (state: MemoryState, index: number) => Promise<void>) {
  await page.waitForTimeout(4200)
  for (let guard = 0; guard < 40; guard += 1) {
    const state = await now(page, build)
    const first = state.first >= 0 ? state.first : state.cards.findIndex((card) => !card.found)
    if (first < 0 || state.finished) return
    const goal =
      state.first < 0
        ? first
        : state.cards.findIndex((card, at) => at !== first && card.look === state.cards[first]?.look)
    await turn(state, goal)
    await page.waitForTimeout(550)
  }
}

const frame = (page: Page) => page.frameLocator('iframe')

it('reaches the same state as Node from the same log, in every difficulty', async () => {
  for (const difficulty of ['easy', 'medium', 'hard']) {
    const build = await make({ difficulty, rounds: 4, features: [...memoryFeatures] })
    const bot = smokePlay(new TextDecoder().decode(build.files.find(({ path }) => path === 'game.html')?.bytes))
    expect([bot.finished, bot.score > 0]).toEqual([true, true])
    await withGame(build, desktop, async (page) => {
      await tellGame(page, { v: 1, type: 'replay', log: bot.log, untilTick: bot.ticks })
      expect(await heardFrom(page, 'replayed')).toMatchObject({ tick: bot.ticks, hash: bot.hash })
    })
  }
})

it('is played with the keyboard, from title to end, and tells its shell', async () => {
  snapshots = 0
  const build = await make()
  await withGame(build, desktop, async (page) => {
    await frame(page).getByRole('button', { name: 'Play', exact: true }).focus()
    await page.keyboard.press('Enter')
    await heardFrom(page, 'start')
    await page.waitForTimeout(700)
    await page.keyboard.press('Space')
    await playAll(page, build, async (state, index) => {
      const columns = (at: number) => at % state.columns
      const rows = (at: number) => Math.floor(at / state.columns)
      // The first arrow only shows the cursor.
      if (!state.usesKeys) await page.keyboard.press('ArrowUp')
      const steps = (count: number, more: string, less: string) =>
        Array.from({ length: Math.abs(count) }, () => (count > 0 ? more : less))
      const keys = [
        ...steps(columns(index) - columns(state.cursor), 'ArrowRight', 'ArrowLeft'),
        ...steps(rows(index) - rows(state.cursor), 'ArrowDown', 'ArrowUp'),
        'Space',
      ]
      for (const key of keys) await page.keyboard.press(key, { delay: 60 })
    })
    const finish = await heardFrom(page, 'finish')
    expect(stateOf(build, finish)).toMatchObject({ won: true, found: 3, perfect: true })
    await frame(page).getByRole('button', { name: 'Play again' }).waitFor()
  })
})

it('is played by touch on a phone to an end screen', async () => {
  snapshots = 0
  const build = await make({ theme: 'snow' })
  await withGame(build, phone, async (page) => {
    await frame(page).getByRole('button', { name: 'Play', exact: true }).tap()
    await heardFrom(page, 'start')
    await page.waitForTimeout(700)
    await page.touchscreen.tap(195, 400)
    await playAll(page, build, async (state, index) => {
      const { x, y, width, height } = placeOf(state, index)
      const at = onScreen(x + width / 2, y + height / 2)
      await page.touchscreen.tap(at.x, at.y)
    })
    const finish = await heardFrom(page, 'finish')
    expect(stateOf(build, finish)).toMatchObject({ won: true, found: 3 })
    await frame(page).getByRole('button', { name: 'Play again' }).waitFor()
  })
})

/** Where a point of the field is on the phone's page. */
function onScreen(x: number, y: number): { x: number; y: number } {
  const { left, top, scale } = layOut(phoneSize, memory.field)
  return { x: (left + x) * scale, y: (top + y) * scale }
}
