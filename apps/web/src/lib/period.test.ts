import { expect, test } from 'vitest'
import { daysOf, faultOf, readPeriod } from './period.ts'

const read = (search: string) => readPeriod(new URLSearchParams(search), 'month')

test('an address names a period, and nonsense counts as none', () => {
  expect(read('')).toEqual({ preset: 'month', query: { days: 30 } })
  expect(read('period=year')).toEqual({ preset: 'year', query: { days: 365 } })
  expect(read('period=decade')).toEqual({ preset: 'month', query: { days: 30 } })
  expect(read('from=2026-01-01&to=2026-03-31')).toEqual({
    preset: null,
    query: { from: '2026-01-01', to: '2026-03-31' },
  })
  expect(read('from=2026-03-31&to=2026-01-01').preset).toBe('month')
  expect(read('from=2026-01-01').preset).toBe('month')
})

test('a period has its days, and at most two years of them', () => {
  expect(daysOf({ days: 7 })).toBe(7)
  expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toBe(3)
  expect(faultOf('2026-01-02', '2026-01-01')).toBe('reversed')
  expect(faultOf('', '2026-01-01')).toBe('reversed')
  expect(faultOf('2020-01-01', '2026-01-01')).toBe('tooLong')
  expect(faultOf('2026-01-01', '2026-01-01')).toBeNull()
})
