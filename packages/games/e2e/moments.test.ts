import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildInput } from '../fixtures/build.ts'
import { buildGame } from '../src/builder/build-game.ts'
import { replayBuilt, smokePlay } from '../src/builder/smoke-play.ts'
import { heardFrom, tellGame } from './shell.ts'
import { desktop, game, launchBrowser, playButton, withGame } from './stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

it('stands still at a moment, comes back to it from its log, and plays on from there', async () => {
  const build = await buildGame(buildInput({ difficulty: 'easy', durationSeconds: 30 }))
  const html = new TextDecoder().decode(build.files.find((file) => file.path === 'game.html')?.bytes)
  const hashAt = (log: string, untilTick?: number) => replayBuilt(html, [{ log, untilTick }])[0]?.hash
  await withGame(browser, build, desktop, async (page) => {
    await heardFrom(page, 'ready')
    await tellGame(page, { v: 1, type: 'freeze' })
    expect(await heardFrom(page, 'frozen')).toMatchObject({ ticks: 0, score: 0 })

    await playButton(page).click()
    await heardFrom(page, 'start')
    await page.keyboard.down('ArrowRight')
    await page.waitForTimeout(600)
    await page.keyboard.up('ArrowRight')
    await tellGame(page, { v: 1, type: 'freeze' })
    const moment = await heardFrom(page, 'frozen', 2)
    expect(moment.ticks).toBeGreaterThan(0)
    expect(hashAt(moment.log)).toBe(moment.hash)
    // Nothing lies over the moment.
    expect(await game(page).getByRole('button', { name: 'Go on' }).isVisible()).toBe(false)

    const bot = smokePlay(html)
    await tellGame(page, { v: 1, type: 'replay', log: bot.log, untilTick: 1500 })
    expect(await heardFrom(page, 'replayed')).toMatchObject({ tick: 1500, hash: hashAt(bot.log, 1500) })
    await tellGame(page, { v: 1, type: 'advance', untilTick: 1530 })
    await tellGame(page, { v: 1, type: 'freeze' })
    expect(await heardFrom(page, 'frozen', 3)).toMatchObject({ ticks: 1530, hash: hashAt(bot.log, 1530) })

    await tellGame(page, { v: 1, type: 'resume' })
    await page.waitForTimeout(300)
    await tellGame(page, { v: 1, type: 'freeze' })
    const later = await heardFrom(page, 'frozen', 4)
    expect(later.ticks).toBeGreaterThan(1530)
    expect(hashAt(later.log)).toBe(later.hash)

    await tellGame(page, { v: 1, type: 'replay', log: moment.log, untilTick: moment.ticks })
    expect(await heardFrom(page, 'replayed', 2)).toMatchObject({ tick: moment.ticks, hash: moment.hash })
  })
})
