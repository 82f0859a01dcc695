import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wholePercents } from './percents.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

test('the percents of a whole add up to 100, none further than one from its share', () => {
  expect(wholePercents([1, 1, 1])).toEqual([34, 33, 33])
  expect(wholePercents([1, 0, 7])).toEqual([13, 0, 87])
  expect(wholePercents([0, 0])).toEqual([0, 0])
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1, maxLength: 12 }), (values) => {
      const whole = values.reduce((sum, value) => sum + value, 0)
      const percents = wholePercents(values)
      expect(percents.reduce((sum, value) => sum + value, 0)).toBe(whole === 0 ? 0 : 100)
      for (const [index, value] of values.entries())
        if (whole > 0) expect(Math.abs((percents[index] ?? 0) - (value / whole) * 100)).toBeLessThan(1)
    }),
  )
})
