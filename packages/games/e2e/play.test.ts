import type { Browser, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildInput } from '../fixtures/build.ts'
import type { PlayRecord } from '../src/bridge.ts'
import { buildGame, type GameBuild } from '../src/builder/build-game.ts'
import { smokePlay } from '../src/builder/smoke-play.ts'
import { replay } from '../src/engine/game.ts'
import { stateHash } from '../src/engine/hash.ts'
import { decodeLog } from '../src/engine/input-log.ts'
import { catcherConfig, catcherTemplate } from '../src/templates/catcher/config.ts'
import { catcher } from '../src/templates/catcher/sim.ts'
import { heardFrom, tellGame } from './shell.ts'
import { desktop, game, launchBrowser, phone, playButton, pressArrived, runTicks, withGame } from './stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const short = (change: Record<string, unknown> = {}) =>
  buildGame(buildInput({ difficulty: 'easy', durationSeconds: 30, ...change }))

/** The evidence must hold: the log, replayed here in Node, gives the score and the state the browser reached. */
function expectHonest(build: GameBuild, record: PlayRecord): void {
  const log = decodeLog(record.log)
  expect(log).toBeDefined()
  const state = replay(catcher, catcherConfig.parse(build.manifest.config), build.manifest.seed, log!)
  expect({ score: state.score, ticks: state.tick, hash: stateHash(state) }).toEqual({
    score: record.score,
    ticks: record.ticks,
    hash: record.hash,
  })
}

describe('a game in Chromium', () => {
  it('shows any moment of a log that its shell asks for', async () => {
    const build = await short({ difficulty: 'hard', features: catcherTemplate.features.map(({ id }) => id) })
    const html = new TextDecoder().decode(build.files.find((file) => file.path === 'game.html')?.bytes)
    const bot = smokePlay(html)
    await withGame(browser, build, desktop, async (page) => {
      await heardFrom(page, 'ready')
      await tellGame(page, { v: 1, type: 'replay', log: bot.log, untilTick: bot.ticks })
      expect(await heardFrom(page, 'replayed')).toMatchObject({ tick: bot.ticks, hash: bot.hash })
      await tellGame(page, { v: 1, type: 'replay', log: bot.log, untilTick: 500 })
      const half = replay(
        catcher,
        catcherConfig.parse(build.manifest.config),
        build.manifest.seed,
        decodeLog(bot.log)!,
        500,
      )
      expect(await heardFrom(page, 'replayed', 2)).toMatchObject({ tick: 500, hash: stateHash(half) })
    })
  })

  it('lets the pet run after the finger on a phone', async () => {
    const build = await short({ theme: 'seaside' })
    await withGame(browser, build, { ...phone, ownClock: true }, async (page) => {
      await game(page).getByRole('button', { name: 'Turn sound on' }).waitFor()
      await playButton(page).tap()
      await heardFrom(page, 'start')
      const touch = await page.context().newCDPSession(page)
      const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
        touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: 760 }] })

      await finger('touchStart', 60)
      await pressArrived(page, 3)
      await runTicks(page, 72)
      expect(await petX(page, build, 1)).toBeLessThan(60)
      await finger('touchMove', 330)
      // A browser hands a finger's moves over when it likes.
      let looks = 1
      const goOn = async () => {
        await runTicks(page, 30)
        return petX(page, build, (looks += 1))
      }
      await expect.poll(goOn, { timeout: 60_000 }).toBeGreaterThan(120)

      await finger('touchEnd', 0)
    })
  })

  it('stands still while paused, by key, by the shell, and goes on', async () => {
    await withGame(browser, await short(), desktop, async (page) => {
      await heardFrom(page, 'ready')
      await playButton(page).click()
      await page.waitForTimeout(300)
      await tellGame(page, { v: 1, type: 'pause' })
      const goOn = game(page).getByRole('button', { name: 'Go on' })
      await goOn.waitFor()
      await tellGame(page, { v: 1, type: 'snapshot' })
      const before = await heardFrom(page, 'snapshot')
      await page.waitForTimeout(400)
      await tellGame(page, { v: 1, type: 'snapshot' })
      expect((await heardFrom(page, 'snapshot', 2)).ticks).toBe(before.ticks)
      await goOn.click()
      await page.waitForTimeout(400)
      await page.keyboard.press('KeyP')
      await goOn.waitFor()
      await tellGame(page, { v: 1, type: 'snapshot' })
      expect((await heardFrom(page, 'snapshot', 3)).ticks).toBeGreaterThan(before.ticks)
    })
  })

  it('leaves the focus to the page around it until somebody plays', async () => {
    await withGame(browser, await short(), desktop, async (page) => {
      const focused = (inside: FrameLocator) =>
        inside.locator('body').evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null)
      await playButton(page).waitFor()
      await expect.poll(() => focused(game(page))).toBe('Play')

      const body = `<textarea autofocus></textarea><iframe width="900" height="700" src="${page.url()}"></iframe>`
      await page.route('**/studio', (route) => route.fulfill({ contentType: 'text/html', body }))
      await page.goto(`${page.url()}studio`)
      const inside = page.frameLocator('iframe').frameLocator('iframe')
      const play = inside.getByRole('button', { name: 'Play', exact: true })
      await play.waitFor()
      expect(await focused(inside)).toBeNull()
      await page.keyboard.type('The fish hides.')
      expect(await page.getByRole('textbox').inputValue()).toBe('The fish hides.')
      await play.click()
      await page.keyboard.press('KeyP')
      await inside.getByRole('button', { name: 'Go on' }).waitFor()
      expect(await focused(inside)).toBe('Go on')
    })
  })

  it('starts opened by itself, without a shell that answers, and under reduced motion', async () => {
    await withGame(
      browser,
      await short({ theme: 'space' }),
      { ...desktop, reducedMotion: 'reduce', alone: true },
      async (page) => {
        await page.getByRole('button', { name: 'Play', exact: true }).click()
        await page.getByRole('button', { name: 'Pause' }).click()
        const goOn = page.getByRole('button', { name: 'Go on' })
        await goOn.waitFor()
        expect(await goOn.isVisible()).toBe(true)
      },
    )
  })

  it('keeps up with the clock: a second of play is sixty ticks', async () => {
    await withGame(browser, await short({ theme: 'snow' }), phone, async (page) => {
      await heardFrom(page, 'ready')
      await playButton(page).tap()
      await page.waitForTimeout(1000)
      /** The ticks so far, and when they were counted at the earliest and at the latest. */
      const count = async (times: number) => {
        const earliest = performance.now()
        await tellGame(page, { v: 1, type: 'snapshot' })
        const { ticks } = await heardFrom(page, 'snapshot', times)
        return { ticks, earliest, latest: performance.now() }
      }
      const counts = [await count(1)]
      for (let times = 2; times <= 4; times += 1) {
        await page.waitForTimeout(1500)
        counts.push(await count(times))
      }
      const rates = counts.slice(1).map((to, i) => {
        const from = counts[i] ?? to
        return ((to.ticks - from.ticks) * 1000) / (to.earliest - from.latest)
      })
      const told = rates.map((rate) => rate.toFixed(1)).join(', ')
      console.info(`${told} ticks a second at 390 x 844, scale 3, software rendering`)
      // The best of three, and loose, because the machine may be busy with something else.
      expect(Math.max(...rates), told).toBeGreaterThan(45)
      // Nothing may ever run ahead of time: over all of it, since a loop catches up with a moment that it missed.
      const [first, last] = [counts[0], counts.at(-1)]
      if (!first || !last) throw new Error('Nothing was counted.')
      expect(((last.ticks - first.ticks) * 1000) / (last.latest - first.earliest)).toBeLessThan(63)
    })
  })
})

/** Where the pet stands now in field pixels, found by replaying the play under way. */
async function petX(page: Page, build: GameBuild, count: number): Promise<number> {
  await tellGame(page, { v: 1, type: 'snapshot' })
  const snapshot = await heardFrom(page, 'snapshot', count)
  expectHonest(build, snapshot)
  const config = catcherConfig.parse(build.manifest.config)
  return replay(catcher, config, build.manifest.seed, decodeLog(snapshot.log)!).petX >> 8
}
