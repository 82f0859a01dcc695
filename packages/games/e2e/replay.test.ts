import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildInput } from '../fixtures/build.ts'
import { BUTTONS, randomPlay, type Play } from '../fixtures/random-play.ts'
import type { HeadlessGame, ReplayRequest, ReplayResult } from '../src/browser/boot.ts'
import { buildGame } from '../src/builder/build-game.ts'
import { partsOf, replayBuilt } from '../src/builder/smoke-play.ts'
import { playByBot, replay, type Game, type Progress } from '../src/engine/game.ts'
import { stateHash } from '../src/engine/hash.ts'
import { withPointer } from '../src/engine/input.ts'
import { createLog, decodeLog, encodeLog, recordInput } from '../src/engine/input-log.ts'
import { between, seedRng } from '../src/engine/prng.ts'
import { findSimulation } from '../src/simulations.ts'
import type { BaseConfig } from '../src/template.ts'
import { gameTemplates } from '../src/templates.ts'
import { launchBrowser } from './stage.ts'

const PLAYS = 1000
const CHANGED_PLAYS = 100

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Replays in Chromium: the build's own script, in two workers of one page, as it would run in a game. */
async function replayInChromium(html: string, plays: readonly ReplayRequest[]): Promise<ReplayResult[]> {
  const { data, script } = partsOf(html)
  const page = await browser.newPage()
  const text = await page.evaluate(
    async ([code, gameData, requests]) => {
      const address = URL.createObjectURL(
        new Blob([code, ';onmessage=({data})=>postMessage(sparkleGame.replay(...data))']),
      )
      const half = Math.ceil(requests.length / 2)
      const parts = await Promise.all(
        [requests.slice(0, half), requests.slice(half)].map(
          (part) =>
            new Promise<string>((resolve, reject) => {
              const worker = new Worker(address)
              worker.addEventListener('message', (event) => resolve(String(event.data)))
              worker.addEventListener('error', (event) => reject(new Error(event.message)))
              // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
              worker.postMessage([gameData, JSON.stringify(part)] satisfies Parameters<HeadlessGame['replay']>)
            }),
        ),
      )
      return parts
    },
    [script, data, plays] as const,
  )
  await page.close()
  return text.flatMap((part) => JSON.parse(part) as ReplayResult[])
}

/** The same play with another input on one tick, stopped right after it; the tick is one at which the game is still on. */
function withOneChange(game: Game<BaseConfig, Progress>, config: BaseConfig, seed: number, play: Play, salt: number) {
  const log = decodeLog(play.log)!
  const rng = seedRng(salt)
  const tick = between(rng, 200, play.lasted - 2)
  const inputs: number[] = []
  let at = 0
  for (let index = 0; index <= tick; index += 1) {
    while ((log.changes[at + 1]?.tick ?? Infinity) <= index) at += 1
    const change = log.changes[at]
    inputs.push(change && change.tick <= index ? change.input : 0)
  }
  const before = stateHash(replay(game, config, seed, log, tick + 1))
  const others = [...BUTTONS, withPointer(0, 5, 5), withPointer(0, game.field.width, game.field.height)]
  for (const other of others) {
    if (other === inputs[tick]) continue
    const changed = createLog()
    for (const input of [...inputs.slice(0, tick), other]) recordInput(changed, input)
    const hash = stateHash(replay(game, config, seed, changed))
    if (hash !== before) return { log: encodeLog(changed), before, hash }
  }
  return undefined
}

describe.each(gameTemplates)('$id', (template) => {
  const templateId = template.id

  it(`reaches in Chromium what it reached in Node, in ${PLAYS} random plays`, async () => {
    const build = await buildGame(buildInput({}, templateId))
    const html = new TextDecoder().decode(build.files.find((file) => file.path === 'game.html')?.bytes)
    const game = findSimulation(templateId)!
    const { config, seed } = build.manifest
    const started = performance.now()
    const plays = Array.from({ length: PLAYS }, (_, index) => randomPlay(game, config, seed, index + 1))
    const generated = performance.now()

    const found = await replayInChromium(
      html,
      plays.map(({ log }) => ({ log })),
    )
    expect(found.map((result) => result?.hash)).toEqual(plays.map(({ hash }) => hash))
    expect(found.map((result) => result?.score)).toEqual(plays.map(({ score }) => score))
    // The built script in Node agrees with the sources that made the plays.
    const some = plays.slice(0, 20)
    expect(replayBuilt(html, some).map((result) => result?.hash)).toEqual(some.map(({ hash }) => hash))

    const scores = new Set(plays.map(({ score }) => score))
    const lasted = plays.map((play) => play.lasted).sort((a, b) => a - b)
    console.info(
      `${templateId}: ${scores.size} scores up to ${Math.max(...scores)}, median play ${lasted[PLAYS / 2]} ticks, ` +
        `${Math.round(generated - started)} ms in Node, ${Math.round(performance.now() - generated)} ms in Chromium`,
    )
    expect(scores.size).toBeGreaterThan(30)
    // Two clumsy players may lose in the same way; hardly any do.
    expect(new Set(plays.map(({ hash }) => hash)).size).toBeGreaterThan(PLAYS * 0.9)
  })

  it('reaches in Chromium what its bot reached in Node, in every difficulty and with all features', async () => {
    const game = findSimulation(templateId)!
    const features = template.features.map(({ id }) => id)
    for (const difficulty of template.difficulties) {
      const build = await buildGame(buildInput({ difficulty, features }, templateId))
      const html = new TextDecoder().decode(build.files.find((file) => file.path === 'game.html')?.bytes)
      const bot = playByBot(game, build.manifest.config, build.manifest.seed)
      expect(bot.finished && bot.score > 0).toBe(true)
      const [found] = await replayInChromium(html, [bot])
      expect(found).toEqual({ tick: bot.ticks, score: bot.score, hash: bot.hash })
    }
  })

  it('ends elsewhere after one changed input, in Node and Chromium alike', async () => {
    const build = await buildGame(buildInput({}, templateId))
    const html = new TextDecoder().decode(build.files.find((file) => file.path === 'game.html')?.bytes)
    const game = findSimulation(templateId)!
    const { config, seed } = build.manifest
    const changed = Array.from({ length: CHANGED_PLAYS }, (_, index) => {
      const play = randomPlay(game, config, seed, index + 1)
      // A pet that brakes as hard as it can does so whatever is pressed: then another tick is changed.
      for (let salt = index; salt < index + 20 * CHANGED_PLAYS; salt += CHANGED_PLAYS) {
        const other = withOneChange(game, config, seed, play, salt)
        if (other) return other
      }
      return undefined
    })
    expect(changed.every((play) => play !== undefined)).toBe(true)
    const list = changed.filter((play) => play !== undefined)
    for (const { before, hash } of list) expect(hash).not.toBe(before)
    const found = await replayInChromium(html, list)
    expect(found.map((result) => result?.hash)).toEqual(list.map(({ hash }) => hash))
  })
})
