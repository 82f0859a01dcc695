import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_INPUT, pointerX, pointerY, withPointer } from './input.ts'
import { createLog, decodeLog, eachInput, encodeLog, MAX_LOG_LENGTH, MAX_TICKS, recordInput } from './input-log.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const inputs = fc.array(fc.oneof(fc.nat({ max: 31 }), fc.nat({ max: MAX_INPUT })), { maxLength: 400 })

function record(list: readonly number[]) {
  const log = createLog()
  for (const input of list) recordInput(log, input)
  return log
}

describe('input log', () => {
  it('gives back every tick after writing and reading', () => {
    fc.assert(
      fc.property(inputs, (list) => {
        const log = decodeLog(encodeLog(record(list)))
        const read: number[] = []
        if (log) eachInput(log, log.ticks, (input) => read.push(input))
        expect(read).toEqual(list)
      }),
    )
  })

  it('stays within its bound at its worst: another input on every tick', () => {
    const log = record(Array.from({ length: MAX_TICKS }, (_, tick) => MAX_INPUT - (tick % 2)))
    expect(encodeLog(log).length).toBeLessThanOrEqual(MAX_LOG_LENGTH)
    expect(decodeLog(encodeLog(log))).toEqual(log)
    expect(() => recordInput(log, 0)).toThrow('full')
  })

  it('is small where little happens', () => {
    expect(encodeLog(record(Array.from({ length: 3600 }, () => 1))).length).toBeLessThan(10)
  })

  it('refuses what it could not have written', () => {
    for (const text of ['', 'A', 'AQ', '!!', 'Ag', 'AQEAAQAB', 'x'.repeat(MAX_LOG_LENGTH + 1)]) {
      expect(decodeLog(text)).toBeUndefined()
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const log = decodeLog(text)
        if (log) for (const { tick, input } of log.changes) expect(tick < log.ticks && input <= MAX_INPUT).toBe(true)
      }),
    )
  })

  it('packs a pointer beside the buttons', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 31 }),
        fc.integer({ min: -99, max: 999 }),
        fc.integer({ min: -99, max: 999 }),
        (buttons, x, y) => {
          const input = withPointer(buttons, x, y)
          expect(input & 31).toBe(buttons)
          expect(pointerX(input)).toBe(Math.min(510, Math.max(0, x)))
          expect(pointerY(input)).toBe(Math.min(510, Math.max(0, y)))
          expect(input).toBeLessThanOrEqual(MAX_INPUT)
        },
      ),
    )
    expect(pointerX(3)).toBe(-1)
  })
})
