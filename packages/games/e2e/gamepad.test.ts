import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildInput } from '../fixtures/build.ts'
import type { PlayRecord } from '../src/bridge.ts'
import { buildGame } from '../src/builder/build-game.ts'
import { replay } from '../src/engine/game.ts'
import { stateHash } from '../src/engine/hash.ts'
import { createLog, decodeLog } from '../src/engine/input-log.ts'
import { catcherConfig } from '../src/templates/catcher/config.ts'
import { catcher } from '../src/templates/catcher/sim.ts'
import { heardFrom, tellGame } from './shell.ts'
import { desktop, game, launchBrowser, playButton, runTicks, withGame } from './stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Buttons of the standard gamepad by their numbers. */
const PAD = { a: 0, start: 9, up: 12, down: 13, left: 14, right: 15 }

/** Plugs a gamepad into the game: what the browser's API would tell of hardware that no machine here has. */
async function plugIn(page: Page): Promise<(...held: number[]) => Promise<void>> {
  const frame = page.frames()[1]!
  await frame.evaluate(() => {
    const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }))
    navigator.getGamepads = () => [{ buttons, axes: [0, 0, 0, 0], mapping: 'standard' } as unknown as Gamepad]
  })
  return (...held) =>
    frame.evaluate((numbers) => {
      const pad = navigator.getGamepads()[0]
      pad?.buttons.forEach((button, index) => Object.assign(button, { pressed: numbers.includes(index) }))
    }, held)
}

it('a gamepad walks the menu, starts, plays, pauses and goes on', async () => {
  const build = await buildGame(buildInput({ difficulty: 'easy', durationSeconds: 30 }))
  await withGame(browser, build, { ...desktop, ownClock: true }, async (page) => {
    await game(page).getByRole('button', { name: 'Turn sound on' }).waitFor()
    const hold = await plugIn(page)
    const press = async (...buttons: number[]) => {
      await hold(...buttons)
      await runTicks(page, 4)
      await hold()
      await runTicks(page, 4)
    }
    const focused = () => page.frames()[1]!.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    let snapshots = 0
    const look = async () => {
      await tellGame(page, { v: 1, type: 'snapshot' })
      return heardFrom(page, 'snapshot', (snapshots += 1))
    }
    const petX = (record: PlayRecord) => {
      const config = catcherConfig.parse(build.manifest.config)
      const state = replay(catcher, config, build.manifest.seed, decodeLog(record.log) ?? createLog())
      expect(stateHash(state)).toBe(record.hash)
      return state.petX
    }

    await runTicks(page, 4)
    expect(await focused()).toBe('Play')
    await press(PAD.down)
    expect(await focused()).toBe('Turn sound on')
    await page.frames()[1]!.evaluate(() => window.dispatchEvent(new Event('resize')))
    expect(await focused()).toBe('Turn sound on')
    await press(PAD.a)
    expect(await heardFrom(page, 'save')).toMatchObject({ muted: false })
    await press(PAD.up)
    expect(await focused()).toBe('Play')
    await press(PAD.a)
    await heardFrom(page, 'start')
    expect(await playButton(page).count()).toBe(0)

    await runTicks(page, 240)
    const middle = await look()
    await hold(PAD.right)
    await runTicks(page, 60)
    const right = await look()
    expect(petX(right)).toBeGreaterThan(petX(middle))
    await hold(PAD.left)
    await runTicks(page, 60)
    expect(petX(await look())).toBeLessThan(petX(right))

    await press(PAD.start)
    await game(page).getByRole('button', { name: 'Go on' }).waitFor()
    const paused = await look()
    await hold(PAD.right)
    await runTicks(page, 60)
    expect(await look()).toMatchObject({ ticks: paused.ticks, hash: paused.hash })
    await press(PAD.start)
    await runTicks(page, 60)
    expect((await look()).ticks).toBeGreaterThan(paused.ticks)
  })
})
