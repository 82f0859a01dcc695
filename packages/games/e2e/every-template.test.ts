import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildInput } from '../fixtures/build.ts'
import type { PlayRecord } from '../src/bridge.ts'
import { buildGame, type GameBuild } from '../src/builder/build-game.ts'
import { replay, type Game, type Hand, type Progress } from '../src/engine/game.ts'
import { stateHash } from '../src/engine/hash.ts'
import { ACTION, DOWN, LEFT, pointerX, pointerY, RIGHT, UP } from '../src/engine/input.ts'
import { createLog, decodeLog, recordInput, type InputLog } from '../src/engine/input-log.ts'
import { layOut } from '../src/render/stage.ts'
import { findSimulation } from '../src/simulations.ts'
import type { BaseConfig, GameTemplate } from '../src/template.ts'
import { gameTemplates } from '../src/templates.ts'
import { hasHeard, heardFrom } from './shell.ts'
import { desktop, game, launchBrowser, phone, playButton, pressArrived, runTicks, withGame } from './stage.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Small screens: a whole play is drawn, tick by tick. */
const screens = {
  keys: { ...desktop, viewport: { width: 480, height: 320 } },
  touch: { ...phone, viewport: { width: 320, height: 480 }, deviceScaleFactor: 1 },
}
const BUTTONS = [
  [LEFT, 'ArrowLeft'],
  [RIGHT, 'KeyD'],
  [UP, 'ArrowUp'],
  [DOWN, 'ArrowDown'],
  [ACTION, 'Space'],
] as const

/** The easiest and shortest play that the template offers. */
function briefConfig(template: GameTemplate): Record<string, unknown> {
  const { properties = {} } = z.toJSONSchema(template.configSchema, { io: 'input' })
  const least = Object.entries(properties).flatMap(([key, setting]) =>
    typeof setting === 'object' && setting.minimum !== undefined ? [[key, setting.minimum]] : [],
  )
  return { difficulty: 'easy', ...Object.fromEntries(least) }
}

/** Does to the page what an input of the log says, by real keys or a real finger. */
type Press = (input: number) => Promise<void>

function keyboard(page: Page): Press {
  let held = 0
  // Enter on Play went down and up.
  let arrived = 2
  return async (input) => {
    for (const [bit, key] of BUTTONS) {
      if (((input ^ held) & bit) === 0) continue
      await (input & bit ? page.keyboard.down(key) : page.keyboard.up(key))
      await pressArrived(page, (arrived += 1))
    }
    held = input
  }
}

async function finger(page: Page, simulation: Game<BaseConfig, Progress>): Promise<Press> {
  const touch = await page.context().newCDPSession(page)
  // The tap on Play was one down and one up.
  let arrived = 2
  const { viewport } = screens.touch
  const stage = layOut(viewport, simulation.field)
  let isDown = false
  return async (input) => {
    const x = pointerX(input)
    const isWanted = x >= 0
    const type = isWanted ? (isDown ? 'touchMove' : 'touchStart') : 'touchEnd'
    const at = { x: (stage.left + x + 0.5) * stage.scale, y: (stage.top + pointerY(input) + 0.5) * stage.scale }
    if (isWanted || isDown) await touch.send('Input.dispatchTouchEvent', { type, touchPoints: isWanted ? [at] : [] })
    if (isWanted !== isDown) await pressArrived(page, (arrived += 1))
    isDown = isWanted
  }
}

/** The bot's play, but as slow to change its mind as a person: ten times a second. */
function playLikeAPerson(simulation: Game<BaseConfig, Progress>, { manifest }: GameBuild, hand: Hand) {
  const state = simulation.start(manifest.config, manifest.seed)
  const log = createLog()
  let input = 0
  while (!state.finished) {
    if (log.ticks % 6 === 0) input = simulation.bot(state, hand)
    recordInput(log, input)
    simulation.step(state, input)
  }
  return { log, ticks: state.tick, score: state.score, hash: stateHash(state) }
}

/** No play of the briefest kind takes longer than its log and two minutes. */
const longestTicks = 7200

/** Plays the same in the page and returns what the game there says of it. */
async function playLike(page: Page, log: InputLog, press: Press) {
  let at = 0
  const runTo = async (tick: number) => {
    if (tick > at) await runTicks(page, tick - at)
    at = tick
  }
  for (const { tick, input } of log.changes) {
    await runTo(tick)
    await press(input)
  }
  await runTo(log.ticks + 1)
  await press(0)
  await runTo(log.ticks + 90)
  // A finger's play may be a little another one (below), which its clock ends later.
  while (at < log.ticks + longestTicks && !(await hasHeard(page, 'finish'))) await runTo(at + 300)
  return heardFrom(page, 'finish')
}

describe.each(gameTemplates.map((template) => [template.id, template] as const))('%s', (_id, template) => {
  let build: GameBuild
  const simulation = findSimulation(template.id)!
  const replayed = ({ log }: PlayRecord) => {
    const { config, seed } = build.manifest
    const state = replay(simulation, config, seed, decodeLog(log) ?? createLog())
    return { score: state.score, ticks: state.tick, hash: stateHash(state) }
  }
  beforeAll(async () => {
    build = await buildGame(buildInput(briefConfig(template), template.id))
  })

  // Both at a time: each has a browser process of its own to draw in.
  it.concurrent('is played by keyboard from title to end, exactly as in Node', async () => {
    const expected = playLikeAPerson(simulation, build, 'keys')
    await withGame(browser, build, { ...screens.keys, ownClock: true }, async (page) => {
      // The shell answers that sound is off and the best score is 70: the title is drawn anew then.
      await game(page).getByRole('button', { name: 'Turn sound on' }).waitFor()
      await playButton(page).focus()
      await page.keyboard.press('Enter')
      await heardFrom(page, 'start')
      const finish = await playLike(page, expected.log, keyboard(page))
      expect(finish).toMatchObject({ ticks: expected.ticks, score: expected.score, hash: expected.hash })
      await game(page).getByRole('button', { name: 'Play again' }).waitFor()
      expect(await heardFrom(page, 'save')).toMatchObject({ best: Math.max(70, expected.score), muted: true })
      await page.keyboard.press('Enter')
      expect(await heardFrom(page, 'start', 2)).toMatchObject({ play: 2 })
    })
  })

  it.concurrent('is played by touch on a phone from title to end, as its log proves in Node', async () => {
    const expected = playLikeAPerson(simulation, build, 'touch')
    await withGame(browser, build, { ...screens.touch, ownClock: true }, async (page) => {
      await game(page).getByRole('button', { name: 'Turn sound on' }).waitFor()
      await playButton(page).tap()
      await heardFrom(page, 'start')
      const finish = await playLike(page, expected.log, await finger(page, simulation))
      // A browser bundles a finger's moves by frames of its own, so the play is a little another one; its log tells.
      expect(finish.score).toBeGreaterThan(0)
      expect(decodeLog(finish.log)?.changes.length).toBeGreaterThan(3)
      expect(replayed(finish)).toEqual({ score: finish.score, ticks: finish.ticks, hash: finish.hash })
      await game(page).getByRole('button', { name: 'Play again' }).waitFor()
    })
  })
})
