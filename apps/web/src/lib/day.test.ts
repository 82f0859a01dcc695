import { expect, test } from 'vitest'
import { dayIn } from './day.ts'

test('which day it is depends on where the reader is', () => {
  const lateInBerlin = new Date('2026-11-21T23:30:00Z')
  expect(dayIn('Europe/Berlin', lateInBerlin)).toBe('2026-11-22')
  expect(dayIn('America/New_York', lateInBerlin)).toBe('2026-11-21')
  expect(dayIn('Europe/Berlin', new Date('2026-11-21T22:30:00Z'))).toBe('2026-11-21')
})
