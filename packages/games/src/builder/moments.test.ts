import { describe, expect, test } from 'vitest'
import { buildInput } from '../../fixtures/build.ts'
import { randomPlay } from '../../fixtures/random-play.ts'
import { createSession } from '../browser/session.ts'
import { stateHash } from '../engine/hash.ts'
import { between, seedRng } from '../engine/prng.ts'
import { findSimulation } from '../simulations.ts'
import { gameTemplates } from '../templates.ts'
import { buildGame } from './build-game.ts'
import { replayBuilt } from './smoke-play.ts'

const PLAYS = 100

/** Every play is longer than this. */
const LATEST = 3500

describe.each(gameTemplates)('$id', ({ id }) => {
  test(`a moment pinned in each of ${PLAYS} recorded plays is replayed to the state it was pinned in`, async () => {
    const build = await buildGame(buildInput({}, id))
    const html = new TextDecoder().decode(build.files.find((file) => file.path === 'game.html')?.bytes)
    const { config, seed } = build.manifest
    const game = findSimulation(id)
    if (!game) throw new Error(`There is no simulation of ${id}.`)
    const moments = Array.from({ length: PLAYS }, (_, index) => {
      const untilTick = between(seedRng(index + 7000), 1, LATEST)
      let pinned = ''
      const { log } = randomPlay(game, config, seed, index + 1, (state, ticks) => {
        if (ticks === untilTick) pinned = stateHash(state)
      })
      return { log, untilTick, pinned }
    })
    const hashes = moments.map(({ pinned }) => pinned)
    // In the script that players get, as the server does before it keeps a comment.
    expect(replayBuilt(html, moments).map((state) => state?.hash)).toEqual(hashes)
    // In the session of the page that shows it.
    const session = createSession(game, config, seed)
    const shown = moments.map(({ log, untilTick }) => {
      session.replay(log, untilTick)
      while (!session.wind(600));
      return stateHash(session.state())
    })
    expect(shown).toEqual(hashes)
    // A tick more or less is another state, unless the game was over by then.
    const others = replayBuilt(
      html,
      moments.map(({ log, untilTick }) => ({ log, untilTick: untilTick - 1 })),
    )
    expect(others.filter((state, index) => state?.hash !== hashes[index]).length).toBeGreaterThan(PLAYS / 4)
  })
})
