import { expect, test } from 'vitest'
import { addMonths, monthGrid } from './month.ts'

test('a month is shown in whole weeks from Monday on', () => {
  const { weeks, from, before } = monthGrid('2027-02')
  expect([from, before, weeks.length]).toEqual(['2027-02-01', '2027-03-01', 4])
  expect(monthGrid('2027-01').weeks[0]).toEqual([
    '2026-12-28',
    '2026-12-29',
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
    '2027-01-03',
  ])
  expect(monthGrid('2026-08').weeks).toHaveLength(6)
})

test('months follow each other over the turn of the year', () => {
  expect([addMonths('2026-12', 1), addMonths('2027-01', -1), addMonths('2027-03', 0)]).toEqual([
    '2027-01',
    '2026-12',
    '2027-03',
  ])
})
