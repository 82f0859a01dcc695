import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { record, redo, settle, startHistory, undo } from './history.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

describe('history', () => {
  test('a gesture is one step back, until it is settled', () => {
    let history = startHistory(0)
    for (const value of [1, 2, 3]) history = record(history, value, 'drag')
    expect(undo(history).now).toBe(0)
    history = record(settle(history), 4, 'drag')
    expect(undo(history).now).toBe(3)
    expect(undo(undo(history)).now).toBe(0)
  })

  test('a new change ends the way forth', () => {
    const history = record(undo(record(startHistory('a'), 'b')), 'c')
    expect(redo(history)).toBe(history)
    expect(undo(history).now).toBe('a')
  })

  test('law: as many steps forth as back lead to the same value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 50 }), fc.nat(60), (values, steps) => {
        let history = values.reduce((so, value) => record(so, value), startHistory(-1))
        const last = history.now
        const possible = Math.min(steps, values.length)
        for (let i = 0; i < possible; i++) history = undo(history)
        for (let i = 0; i < possible; i++) history = redo(history)
        expect(history.now).toBe(last)
      }),
    )
  })
})
