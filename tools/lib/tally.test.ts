import { expect, test } from 'vitest'
import { addTallies, tallyOf } from './tally.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

test('counts tests by their outcome', () => {
  const report = {
    testResults: [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'failed', 'passed', 'todo')],
  }
  expect(tallyOf(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a file that could not be loaded is a failure', () => {
  expect(tallyOf({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  })
})

test('a fault outside any test is a failure, and so is a run without a report', () => {
  expect(tallyOf({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  expect(tallyOf(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(tallyOf(undefined, null).failed).toBe(1)
})

test('adds up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(addTallies([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})
