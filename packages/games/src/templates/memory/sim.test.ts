import { describe, expect, test } from 'vitest'
import { playByBot, replay } from '../../engine/game.ts'
import { stateHash } from '../../engine/hash.ts'
import { ACTION, DOWN, NO_INPUT, RIGHT, withPointer } from '../../engine/input.ts'
import { decodeLog, MAX_TICKS } from '../../engine/input-log.ts'
import { memoryConfig, memoryFeatures, memoryTemplate, type MemoryConfig } from './config.ts'
import { placeAt, placeOf } from './layout.ts'
import { DEAL_TICKS, GOLDEN_POINTS, PAIR_POINTS, rulesOf, SWAP_TICKS } from './rules.ts'
import { memory } from './sim.ts'
import * as S from './state.ts'
import type { MemoryState } from './state.ts'

const config = (change: Partial<MemoryConfig> = {}): MemoryConfig =>
  memoryConfig.parse({ ...memoryTemplate.defaults, features: [], ...change })

function wait(state: MemoryState, ticks: number): void {
  for (let tick = 0; tick < ticks; tick += 1) memory.step(state, NO_INPUT)
}

/** A play with its first cards dealt at the tick `pressAt`, and the clock running. */
function dealt(change: Partial<MemoryConfig> = {}, pressAt = 30): MemoryState {
  const state = memory.start(config(change), 7)
  wait(state, pressAt)
  memory.step(state, withPointer(0, 90, 110))
  wait(state, DEAL_TICKS + state.rules.peekTicks)
  expect(state.part).toBe(S.PLAYING)
  return state
}

/** Taps a card; answers the types of what happened. */
function turn(state: MemoryState, index: number): number[] {
  const { x, y, width, height } = placeOf(state, index)
  memory.step(state, withPointer(0, x + (width >> 1), y + (height >> 1)))
  const types = state.events.map(({ type }) => type)
  wait(state, 1)
  return types
}

const looks = (state: MemoryState) => state.cards.map((card) => card.look)
const partnerOf = (state: MemoryState, index: number) =>
  state.cards.findIndex((card, at) => at !== index && card.look === state.cards[index]?.look)
/** Two hidden cards that are no pair. */
function strangers(state: MemoryState): [number, number] {
  const first = state.cards.findIndex((card) => !card.found)
  return [
    first,
    state.cards.findIndex((card, at) => at > first && !card.found && card.look !== state.cards[first]?.look),
  ]
}

describe('dealing', () => {
  test('every board holds each look twice, and the special pairs the features bring', () => {
    for (const difficulty of memoryTemplate.difficulties) {
      const state = dealt({ difficulty, features: [...memoryFeatures] })
      const counts = new Map<number, number>()
      for (const look of looks(state)) counts.set(look, (counts.get(look) ?? 0) + 1)
      expect([...counts.values()].every((count) => count === 2)).toBe(true)
      expect([...counts.keys()].some((look) => look >= S.GOLDEN_LOOK)).toBe(true)
      expect(looks(dealt({ difficulty })).every((look) => look < S.LOOKS)).toBe(true)
    }
  })

  test('the moment of the press decides the cards: the same again, another otherwise', () => {
    expect(looks(dealt({}, 30))).toEqual(looks(dealt({}, 30)))
    expect(looks(dealt({}, 31))).not.toEqual(looks(dealt({}, 30)))
  })

  test('nobody pressing is dealt to all the same, and loses by the clock', () => {
    const state = memory.start(config({ difficulty: 'easy' }), 1)
    wait(state, MAX_TICKS)
    expect([state.finished, state.won, state.score]).toEqual([true, false, 0])
  })
})

describe('turning cards', () => {
  test('a pair stays and counts, more for each in a row; the board is cleared with a bonus', () => {
    const state = dealt({ difficulty: 'easy', rounds: 1 })
    for (let pair = 1; pair <= 3; pair += 1) {
      const first = state.cards.findIndex((card) => !card.found)
      expect(turn(state, first)).toEqual([S.TURNED])
      const before = state.score
      expect(turn(state, partnerOf(state, first))).toContain(S.MATCHED)
      if (pair < 3) expect(state.score - before).toBe(PAIR_POINTS * pair)
      wait(state, 30)
    }
    expect([state.part, state.perfect, state.score > 600]).toEqual([S.CLEARED, true, true])
    wait(state, 200)
    expect([state.finished, state.won, state.found]).toEqual([true, true, 3])
  })

  test('the first wrong pair costs nothing; what one has seen, one has to know', () => {
    const state = dealt({ difficulty: 'medium' })
    const lives = state.lives
    const [a, b] = strangers(state)
    turn(state, a)
    expect(turn(state, b)).toContain(S.MISSED)
    expect([state.lives, state.combo, state.perfect]).toEqual([lives, 0, true])
    wait(state, state.rules.missTicks)
    expect(state.cards.some((card) => card.open)).toBe(false)
    turn(state, a)
    expect(turn(state, b)).toContain(S.FORGOT)
    expect([state.lives, state.perfect]).toEqual([lives - 1, false])
  })

  test('forgetting ends the play on medium, and never on easy', () => {
    for (const [difficulty, ends] of [
      ['medium', true],
      ['easy', false],
    ] as const) {
      const state = dealt({ difficulty })
      for (let turns = 0; turns < 8 && !state.finished; turns += 1) {
        const [a, b] = strangers(state)
        turn(state, a)
        turn(state, b)
        wait(state, state.rules.missTicks)
      }
      expect([difficulty, state.finished]).toEqual([difficulty, ends])
    }
  })

  test('a golden pair is worth three; the power pair shows all; a heart pair gives one', () => {
    for (const [look, check] of [
      [S.GOLDEN_LOOK, (state: MemoryState) => expect(state.score).toBe(GOLDEN_POINTS)],
      [S.POWER_LOOK, (state: MemoryState) => expect(state.lookTicks).toBeGreaterThan(0)],
      [S.HEART_LOOK, (state: MemoryState) => expect(state.lives).toBe(state.rules.lives + 1)],
    ] as const) {
      const state = dealt()
      const partner = partnerOf(state, 0)
      for (const card of [state.cards[0], state.cards[partner]]) if (card) card.look = look
      turn(state, 0)
      turn(state, partner)
      check(state)
    }
  })

  test('on hard two hidden cards change places after every second wrong pair, knowledge and all', () => {
    const state = dealt({ difficulty: 'hard' })
    let before = looks(state)
    const events: number[] = []
    for (let move = 0; move < 2; move += 1) {
      before = looks(state)
      const [a, b] = strangers(state)
      events.push(...turn(state, a), ...turn(state, b))
      for (let tick = 0; tick < state.rules.missTicks; tick += 1) {
        memory.step(state, NO_INPUT)
        events.push(...state.events.map(({ type }) => type))
      }
    }
    expect(events.filter((type) => type === S.SWAPPED).length).toBe(1)
    const { swapFrom, swapTo } = state
    const moved = before.map((look, at) => (at === swapFrom ? before[swapTo] : at === swapTo ? before[swapFrom] : look))
    expect(looks(state)).toEqual(moved)
    const clock = state.clockTicks
    wait(state, 5)
    expect(state.clockTicks).toBe(clock)
    wait(state, SWAP_TICKS)
    expect(state.clockTicks).toBeLessThan(clock)
  })

  test('a held finger turns one card, and a third card does not wait for the second pair to close', () => {
    const state = dealt()
    const [a, b] = strangers(state)
    const { x, y } = placeOf(state, a)
    for (let tick = 0; tick < 40; tick += 1) memory.step(state, withPointer(0, x + 4, y + 4))
    expect(state.cards.filter((card) => card.open).length).toBe(1)
    wait(state, 1)
    turn(state, b)
    wait(state, 14)
    const third = state.cards.findIndex((card, at) => at !== a && at !== b && !card.found)
    turn(state, third)
    expect(state.cards.flatMap((card, at) => (card.open ? [at] : []))).toEqual([third])
  })
})

describe('keys', () => {
  const strike = (state: MemoryState, key: number) => {
    memory.step(state, key)
    wait(state, 2)
  }

  test('move a cursor that stops at the edges, and turn the card under it', () => {
    const state = dealt({ difficulty: 'medium' })
    strike(state, RIGHT)
    expect([state.usesKeys, state.cursor]).toEqual([true, 0])
    strike(state, RIGHT)
    strike(state, DOWN)
    expect(state.cursor).toBe(state.columns + 1)
    strike(state, ACTION)
    expect(state.cards[state.columns + 1]?.open).toBe(true)
    for (let turns = 0; turns < 9; turns += 1) strike(state, RIGHT)
    expect(state.cursor).toBe(state.columns * 2 - 1)
    turn(state, 0)
    expect(state.usesKeys).toBe(false)
  })

  test('held go on by themselves; the key that started the play turns nothing', () => {
    const state = dealt({ difficulty: 'medium' })
    strike(state, DOWN)
    for (let tick = 0; tick < 80; tick += 1) memory.step(state, RIGHT)
    expect(state.cursor).toBe(state.columns - 1)
    const fresh = memory.start(config(), 7)
    for (let tick = 0; tick < 100; tick += 1) memory.step(fresh, ACTION)
    expect(fresh.part).toBe(S.WAITING)
  })
})

test('what is tapped is what is drawn: each card is found by its middle, and none overlaps another', () => {
  for (const { columns, rows } of memoryTemplate.difficulties.flatMap(
    (difficulty) => rulesOf(config({ difficulty })).boards,
  )) {
    for (let index = 0; index < columns * rows; index += 1) {
      const { x, y, width, height } = placeOf({ columns, rows }, index)
      expect(placeAt({ columns, rows }, x + (width >> 1), y + (height >> 1))).toBe(index)
      expect([x >= 0, y >= 38, x + width <= 180, y + height <= 184, width >= 22]).toEqual([
        true,
        true,
        true,
        true,
        true,
      ])
    }
  }
})

test.each(memoryTemplate.difficulties)(
  '%s: the bot comes to an end with a score, and its log gives it again',
  (difficulty) => {
    for (const features of [[], [...memoryFeatures]])
      for (let seed = 1; seed <= 12; seed += 1) {
        const settings = config({ difficulty, features, rounds: 4 })
        const played = playByBot(memory, settings, seed)
        expect([played.finished, played.score > 0]).toEqual([true, true])
        const log = decodeLog(played.log)
        if (!log) throw new Error('The log cannot be read')
        const again = replay(memory, settings, seed, log)
        expect([stateHash(again), again.score]).toEqual([played.hash, played.score])
      }
  },
)

test('medals rise, and a play without a fault earns them all', () => {
  for (const difficulty of memoryTemplate.difficulties) {
    const settings = config({ difficulty })
    const [bronze, silver, gold] = memory.medals(settings)
    expect(bronze > 0 && silver > bronze && gold > silver).toBe(true)
    const best = Math.max(...[1, 2, 3, 4, 5, 6].map((seed) => playByBot(memory, settings, seed).score))
    expect(best).toBeGreaterThan(gold)
  }
})
