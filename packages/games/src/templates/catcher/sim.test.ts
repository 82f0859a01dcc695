import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { playByBot, replay } from '../../engine/game.ts'
import { stateHash } from '../../engine/hash.ts'
import { createLog, decodeLog, encodeLog, recordInput, type InputLog } from '../../engine/input-log.ts'
import { LEFT, RIGHT, withPointer } from '../../engine/input.ts'
import type { Difficulty } from '../../template.ts'
import { catcherConfig, catcherFeatures, catcherTemplate, type CatcherConfig } from './config.ts'
import { FIELD, READY_TICKS } from './rules.ts'
import { catcher } from './sim.ts'
import * as S from './state.ts'
import type { CatcherState } from './state.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const base = catcherConfig.parse(catcherTemplate.defaults)
const config = (change: Partial<CatcherConfig> = {}): CatcherConfig => ({ ...base, ...change })
const seeds = [1, 2, 3, 4, 5, 6, 7, 8]

/** A play made of held inputs, as people produce them. */
const plays = fc
  .array(
    fc.record({
      input: fc.oneof(
        fc.constantFrom(0, LEFT, RIGHT),
        fc.nat({ max: FIELD.width }).map((x) => withPointer(0, x, 200)),
      ),
      ticks: fc.integer({ min: 1, max: 90 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.flatMap(({ input, ticks }) => Array.from({ length: ticks }, () => input)))

function logOf(inputs: readonly number[]): InputLog {
  const log = createLog()
  for (const input of inputs) recordInput(log, input)
  return log
}

function playedTo(ticks: number, change: Partial<CatcherConfig> = {}, seed = 9): CatcherState {
  return replay(catcher, config(change), seed, logOf(Array.from({ length: ticks }, () => 0)))
}

/** A state in which exactly this item is about to reach the pet's head. */
function meeting(kind: number, change: Partial<CatcherConfig> = {}): CatcherState {
  const state = playedTo(READY_TICKS + 1, change)
  state.items = [{ id: 99, kind, look: 0, x: state.petX, y: 205 * 256, haste: 0, sway: 0, phase: 0 }]
  state.spawnIn = 999
  return state
}

describe('the catcher, played again', () => {
  it('reaches the same state from the same log, also one that was written and read', () => {
    fc.assert(
      fc.property(plays, fc.integer(), fc.constantFrom('easy', 'medium', 'hard'), (inputs, seed, difficulty) => {
        const settings = config({ difficulty: difficulty as Difficulty })
        const live = catcher.start(settings, seed)
        for (const input of inputs) catcher.step(live, input)
        const read = decodeLog(encodeLog(logOf(inputs)))
        expect(read && stateHash(replay(catcher, settings, seed, read))).toBe(stateHash(live))
      }),
      { numRuns: 60 },
    )
  })

  it('can be stopped at any tick and then gone on with', () => {
    fc.assert(
      fc.property(plays, fc.nat({ max: 2000 }), (inputs, until) => {
        const half = replay(catcher, config(), 5, logOf(inputs), until)
        for (const input of inputs.slice(Math.min(until, inputs.length))) catcher.step(half, input)
        expect(stateHash(half)).toBe(stateHash(replay(catcher, config(), 5, logOf(inputs))))
      }),
      { numRuns: 40 },
    )
  })

  it('differs after one changed input', () => {
    fc.assert(
      fc.property(plays, fc.nat(), (inputs, index) => {
        const at = index % inputs.length
        const before = replay(catcher, config(), 5, logOf(inputs), at)
        // A pet that brakes as hard as it can does so whichever way is pressed: change the input of one that rests.
        fc.pre(inputs[at] === 0 && before.petV === 0 && !before.finished)
        const after = structuredClone(before)
        catcher.step(before, 0)
        catcher.step(after, before.petX > 90 * 256 ? LEFT : RIGHT)
        expect(stateHash(after)).not.toBe(stateHash(before))
      }),
    )
  })

  it('differs for another seed and for another difficulty', () => {
    const hash = (change: Partial<CatcherConfig>, seed: number) => playByBot(catcher, config(change), seed).hash
    expect(hash({}, 1)).not.toBe(hash({}, 2))
    expect(hash({ difficulty: 'easy' }, 1)).not.toBe(hash({ difficulty: 'hard' }, 1))
  })

  it('keeps its recorded plays: this hash changes only together with ENGINE_VERSION', () => {
    expect(playByBot(catcher, config(), 1)).toMatchObject({ ticks: 3750, finished: true, hash: '46a93482a674bd2a' })
  })
})

describe('a whole game', () => {
  it('ends and scores for every difficulty and seed', () => {
    for (const difficulty of catcherTemplate.difficulties) {
      for (const seed of seeds) {
        const play = playByBot(catcher, config({ difficulty }), seed)
        expect(play.finished).toBe(true)
        expect(play.score).toBeGreaterThan(0)
      }
    }
  })

  it('lasts as long as the config says, plus the countdown, if no life is lost', () => {
    expect(playByBot(catcher, config({ difficulty: 'easy', durationSeconds: 30 }), 1).ticks).toBe(30 * 60 + READY_TICKS)
  })

  it('never takes the pet out of the field', () => {
    fc.assert(
      fc.property(plays, (inputs) => {
        const state = catcher.start(config(), 3)
        for (const input of inputs) {
          catcher.step(state, input)
          expect(state.petX).toBeGreaterThanOrEqual(0)
          expect(state.petX).toBeLessThanOrEqual(FIELD.width * 256)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('does not move once it is over', () => {
    const state = playedTo(6000)
    expect(state.finished).toBe(true)
    const before = stateHash(state)
    catcher.step(state, LEFT)
    expect(stateHash(state)).toBe(before)
  })
})

describe('difficulties', () => {
  it('rise: the faster the fall, the more bad things, the narrower the reach', () => {
    const [easy, medium, hard] = catcherTemplate.difficulties.map((difficulty) => playedTo(1, { difficulty }).rules)
    for (const [less, more] of [
      [easy, medium],
      [medium, hard],
    ]) {
      expect(less!.fallSpeed).toBeLessThan(more!.fallSpeed)
      expect(less!.hazardShare).toBeLessThan(more!.hazardShare)
      expect(less!.reach).toBeGreaterThan(more!.reach)
    }
  })

  it('treat a dropped treat each in its own way', () => {
    const missed = (difficulty: Difficulty) => {
      const state = meeting(S.TREAT, { difficulty })
      state.combo = 12
      state.petX = 20 * 256
      for (let tick = 0; tick < 60; tick += 1) catcher.step(state, 0)
      return state.combo
    }
    expect([missed('easy'), missed('medium'), missed('hard')]).toEqual([12, 6, 0])
  })

  it('cost a heart for five drops in a row on hard only', () => {
    expect(playedTo(1100, { difficulty: 'hard', features: [] }).lives).toBeLessThan(3)
    const easy = meeting(S.TREAT, { difficulty: 'easy' })
    easy.petX = 20 * 256
    easy.missesInRow = 40
    for (let tick = 0; tick < 60; tick += 1) catcher.step(easy, 0)
    expect(easy.lives).toBe(5)
  })

  it('bring gusts of wind on hard only', () => {
    const gusts = (difficulty: Difficulty) => {
      const state = catcher.start(config({ difficulty }), 1)
      let count = 0
      for (let tick = 0; tick < 1200 && !state.finished; tick += 1) {
        catcher.step(state, catcher.bot(state))
        count += state.events.filter((event) => event.type === S.GUST).length
      }
      return count
    }
    expect(gusts('easy') + gusts('medium')).toBe(0)
    expect(gusts('hard')).toBeGreaterThan(0)
  })
})

describe('what falls', () => {
  it('scores more the longer the streak', () => {
    const state = meeting(S.TREAT)
    catcher.step(state, 0)
    expect(state.score).toBe(10)
    const later = meeting(S.TREAT)
    later.combo = 9
    catcher.step(later, 0)
    expect(later.score).toBe(30)
  })

  it('hurts once, then leaves a moment of safety', () => {
    const state = meeting(S.HAZARD)
    const [hazard] = state.items
    state.items.push({ ...hazard!, id: 100 })
    catcher.step(state, 0)
    expect(state.lives).toBe(2)
    expect(state.safeTicks).toBeGreaterThan(0)
  })

  it('is kept off by a shield, which it breaks', () => {
    const state = meeting(S.HAZARD)
    state.shieldTicks = 100
    catcher.step(state, 0)
    expect([state.lives, state.shieldTicks]).toEqual([3, 0])
  })

  it('doubles points and fall with double speed', () => {
    const state = meeting(S.TREAT, { features: ['double-speed'] })
    expect(state.rules.fallSpeed).toBe(playedTo(1).rules.fallSpeed * 2)
    catcher.step(state, 0)
    expect(state.score).toBe(20)
  })

  it('shows a feature if it was chosen, and never otherwise', () => {
    const kinds = (features: CatcherConfig['features']) => {
      const seen = new Set<number>()
      for (const seed of seeds) {
        const state = catcher.start(config({ features, difficulty: 'medium' }), seed)
        while (!state.finished) {
          catcher.step(state, catcher.bot(state))
          for (const item of state.items) seen.add(item.kind)
        }
      }
      return [...seen].sort()
    }
    expect(kinds([])).toEqual([S.TREAT, S.HAZARD])
    expect(kinds([...catcherFeatures])).toEqual([S.TREAT, S.GOLD, S.HAZARD, S.HEART, S.MAGNET, S.SHIELD, S.SLOW])
  })
})
