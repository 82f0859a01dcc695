import { expect, test } from 'vitest'
import { addDays, daysBetween, urgencyOf } from './deadline.ts'

test('days are counted over months and clock changes', () => {
  expect(addDays('2026-12-29', 5)).toBe('2027-01-03')
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-11-21', '2026-11-20')).toBe(-1)
})

test.each([
  ['2026-11-20', 'overdue'],
  ['2026-11-21', 'today'],
  ['2026-11-24', 'soon'],
  ['2026-11-25', 'later'],
])('a deadline on %s is %s', (deadline, urgency) => {
  expect(urgencyOf(deadline, '2026-11-21')).toBe(urgency)
})
