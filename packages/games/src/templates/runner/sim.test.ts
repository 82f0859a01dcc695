import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { toFixed } from '../../engine/fixed.ts'
import { medalsEarned, playByBot, replay, type Hand } from '../../engine/game.ts'
import { stateHash } from '../../engine/hash.ts'
import { ACTION, DOWN, withPointer } from '../../engine/input.ts'
import { createLog, decodeLog, encodeLog, recordInput } from '../../engine/input-log.ts'
import type { Difficulty } from '../../template.ts'
import { standingBody } from './body.ts'
import { runnerConfig, runnerFeatures, runnerTemplate, type RunnerConfig } from './config.ts'
import { layPattern } from './course.ts'
import { patternSets } from './patterns.ts'
import { LEVEL_TICKS, READY_TICKS, speedAt } from './rules.ts'
import { runner } from './sim.ts'
import * as S from './state.ts'
import type { RunnerState, Thing } from './state.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

// The bot thinks ahead over whole courses, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const base = runnerConfig.parse(runnerTemplate.defaults)
const config = (change: Partial<RunnerConfig> = {}): RunnerConfig => ({ ...base, ...change })
const { difficulties } = runnerTemplate

/** A pet that runs on plain ground, with nothing laid ahead. */
function running(change: Partial<RunnerConfig> = {}): RunnerState {
  const state = runner.start(config(change), 5)
  state.tick = READY_TICKS
  state.nextX = toFixed(1_000_000)
  return state
}

function hits(state: RunnerState): number {
  return state.events.filter(({ type }) => type === S.HURT || type === S.FELL || type === S.BLOCKED).length
}

/** Steps with the bot until `isOver`, and counts how often the pet is hurt. */
function hurtsUntil(state: RunnerState, isOver: () => boolean): number {
  let count = 0
  while (!isOver() && !state.finished) {
    runner.step(state, runner.bot(state))
    count += hits(state)
  }
  return count
}

function thing(kind: number, x: number, more: Partial<Thing> = {}): Thing {
  const size = { width: toFixed(14), height: toFixed(14) }
  return { id: 99, kind, look: 0, x, y: 0, rolls: 0, phase: 0, passed: false, ...size, ...more }
}

/** The highest the pet gets when jump is held for so long, in pixels. */
function peakOf(hold: number, change: Partial<RunnerConfig> = {}): number {
  const state = running(change)
  let peak = 0
  for (let tick = 0; tick < 60; tick += 1) {
    runner.step(state, tick < hold ? ACTION : 0)
    peak = Math.max(peak, state.body.y)
  }
  return peak >> 8
}

describe('a course', () => {
  it('is made of patterns that can each be passed unhurt, at every speed they come at', () => {
    for (const difficulty of difficulties) {
      for (const pattern of patternSets[running({ difficulty }).rules.patterns] ?? []) {
        // Above level 13 no difficulty gets any faster.
        for (let level = pattern.from; level <= 13; level += 1) {
          // Laid on one level it may be reached on the next; bobbers start anywhere in their swing.
          for (const [arrival, seed] of [
            [level, level + 1],
            [level + 1, level + 90],
          ] as const) {
            const state = running({ difficulty, features: [], durationSeconds: 240 })
            Object.assign(state, { level, nextX: state.x + toFixed(300), rng: [seed, 2, 3, 4] })
            layPattern(state, pattern)
            state.speed = speedAt(state.rules, arrival)
            state.tick = READY_TICKS + arrival * LEVEL_TICKS + 1
            const end = Math.max(...state.things.map(({ x, width }) => x + width))
            Object.assign(state, { level: arrival, nextX: toFixed(1_000_000) })
            const hurts = hurtsUntil(state, () => state.x > end + toFixed(60) && state.body.y === 0)
            expect(hurts, `${difficulty}, level ${level}, ${JSON.stringify(pattern)}`).toBe(0)
          }
        }
      }
    }
  })

  it('is passed whole by the bot, for every difficulty and seed tried', () => {
    for (const difficulty of difficulties) {
      for (let seed = 1; seed <= 2; seed += 1) {
        const state = runner.start(config({ difficulty, durationSeconds: 100 }), seed * 7919)
        expect(
          hurtsUntil(state, () => false),
          `${difficulty}, seed ${seed * 7919}`,
        ).toBe(0)
        expect(state.lives).toBe(state.rules.lives)
        expect(medalsEarned(runner.medals(config({ difficulty })), state.score)).toBe(3)
      }
    }
  })

  it('never brings the same pattern twice in a row, and only what its difficulty knows', () => {
    const kindsOf = (difficulty: Difficulty) => {
      const state = runner.start(config({ difficulty, features: [...runnerFeatures], durationSeconds: 120 }), 4)
      const seen = new Set<number>()
      let last = state.lastPattern
      let nextX = state.nextX
      while (!state.finished) {
        runner.step(state, runner.bot(state))
        for (const { kind } of state.things) seen.add(kind)
        if (state.nextX !== nextX && state.tick > READY_TICKS) expect(state.lastPattern).not.toBe(last)
        if (state.nextX !== nextX) [last, nextX] = [state.lastPattern, state.nextX]
      }
      return seen
    }
    const easy = kindsOf('easy')
    for (const kind of [S.FLYER, S.BOBBER, S.ROLLER, S.PIT]) expect(easy.has(kind)).toBe(false)
    expect(kindsOf('medium').has(S.ROLLER)).toBe(false)
    const hard = kindsOf('hard')
    for (const kind of [S.FLYER, S.BOBBER, S.ROLLER, S.PIT, S.TALL, S.WIDE]) expect(hard.has(kind)).toBe(true)
  })
})

describe('the pet', () => {
  it('jumps the higher the longer jump is held', () => {
    const [tap, half, full] = [peakOf(1), peakOf(8), peakOf(30)]
    expect(tap).toBeGreaterThan(18)
    expect(half).toBeGreaterThan(tap + 8)
    expect(full).toBeGreaterThan(half + 8)
    expect(peakOf(60)).toBe(full)
  })

  it('jumps again in the air, once, if the game has double jumps', () => {
    const second = (features: RunnerConfig['features']) => {
      const state = running({ features })
      const types: number[] = []
      for (const input of [ACTION, 0, 0, 0, 0, 0, 0, 0, ACTION, 0, ACTION, 0, ACTION]) {
        runner.step(state, input)
        types.push(...state.events.map(({ type }) => type))
      }
      return types.filter((type) => type === S.JUMPED_AGAIN).length
    }
    expect(second(['double-jump'])).toBe(1)
    expect(second([])).toBe(0)
  })

  it('still jumps for a press just before landing, and just after the ground has gone', () => {
    const early = running({ features: [] })
    early.body = { ...standingBody(), y: toFixed(9), v: -toFixed(2), jumps: 1 }
    runner.step(early, ACTION)
    for (let tick = 0; tick < 8; tick += 1) runner.step(early, 0)
    expect(early.body.v).toBeGreaterThan(0)

    const late = running({ features: [] })
    for (let tick = 0; tick < 3; tick += 1) runner.step(late, 0)
    late.things = [thing(S.PIT, late.x - toFixed(8), { width: toFixed(60) })]
    runner.step(late, 0)
    runner.step(late, ACTION)
    expect(late.body.v).toBeGreaterThan(0)
  })

  it('ducks under a flyer that it would run into', () => {
    const meet = (input: number) => {
      const state = running()
      state.things = [thing(S.FLYER, state.x + toFixed(40), { y: toFixed(17), height: toFixed(13) })]
      let count = 0
      for (let tick = 0; tick < 40; tick += 1) {
        runner.step(state, input)
        count += hits(state)
      }
      return count
    }
    expect(meet(0)).toBe(1)
    expect(meet(DOWN)).toBe(0)
    expect(meet(withPointer(0, 20, 120))).toBe(0)
  })

  it('dives and ducks when the finger that made it jump slides down', () => {
    const state = running()
    for (let tick = 0; tick < 10; tick += 1) runner.step(state, withPointer(0, 150, 100))
    expect(state.body.y).toBeGreaterThan(toFixed(20))
    for (let tick = 0; tick < 14; tick += 1) runner.step(state, withPointer(0, 150, 120))
    expect([state.body.y, state.body.ducks]).toEqual([0, true])
  })

  it('loses a heart to an obstacle or a pit once, and is safe for a while', () => {
    for (const kind of [S.LOW, S.PIT]) {
      const state = running({ features: [] })
      state.things = [thing(kind, state.x + toFixed(20), { width: toFixed(50) })]
      for (let tick = 0; tick < 40; tick += 1) runner.step(state, 0)
      expect(state.lives).toBe(state.rules.lives - 1)
    }
  })

  it('loses nothing with a shield, and the shield with it', () => {
    const state = running()
    state.shieldTicks = 500
    state.things = [thing(S.LOW, state.x + toFixed(20))]
    for (let tick = 0; tick < 20; tick += 1) runner.step(state, 0)
    expect([state.lives, state.shieldTicks]).toEqual([state.rules.lives, 0])
  })

  it('treats a hit by difficulty: the streak stays, is halved, or is gone', () => {
    const streak = (difficulty: Difficulty) => {
      const state = running({ difficulty })
      state.combo = 20
      state.things = [thing(S.LOW, state.x + toFixed(20))]
      for (let tick = 0; tick < 20; tick += 1) runner.step(state, 0)
      return state.combo
    }
    expect(difficulties.map(streak)).toEqual([20, 10, 0])
  })
})

describe('the runner, played again', () => {
  const plays = fc
    .array(
      fc.record({
        input: fc.constantFrom(0, ACTION, DOWN, withPointer(0, 150, 90)),
        ticks: fc.integer({ min: 1, max: 60 }),
      }),
      {
        minLength: 1,
        maxLength: 40,
      },
    )
    .map((parts) => parts.flatMap(({ input, ticks }) => Array.from({ length: ticks }, () => input)))

  it('reaches the same state from the same log, stopped anywhere and gone on with', () => {
    fc.assert(
      fc.property(plays, fc.integer(), fc.nat({ max: 2000 }), (inputs, seed, until) => {
        const log = createLog()
        const live = runner.start(config(), seed)
        for (const input of inputs) {
          recordInput(log, input)
          runner.step(live, input)
        }
        const read = decodeLog(encodeLog(log))!
        const half = replay(runner, config(), seed, read, until)
        for (const input of inputs.slice(Math.min(until, inputs.length))) runner.step(half, input)
        expect(stateHash(half)).toBe(stateHash(live))
      }),
      { numRuns: 40 },
    )
  })

  it('keeps its recorded plays: this hash changes only together with ENGINE_VERSION', () => {
    expect(playByBot(runner, config({ durationSeconds: 60 }), 1)).toMatchObject({
      ticks: 3750,
      hash: '654690acc3bb84c4',
    })
  })

  it('comes home by keys and by touch, and does not move any more', () => {
    for (const hand of ['keys', 'touch'] satisfies Hand[]) {
      const play = playByBot(runner, config({ durationSeconds: 30 }), 3, hand)
      expect(play).toMatchObject({ finished: true, ticks: READY_TICKS + 30 * 60 })
    }
    const state = running()
    state.lives = 0
    runner.step(state, 0)
    expect(state.finished).toBe(true)
    const before = stateHash(state)
    runner.step(state, ACTION)
    expect(stateHash(state)).toBe(before)
  })
})
