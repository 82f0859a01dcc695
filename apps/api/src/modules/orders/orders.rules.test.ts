import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packageTypes } from '@sparkle/shared/games'
import { projectStatuses } from '@sparkle/shared/projects'
import { deadlineOf, orderNumber, packages, stepsOf } from './orders.rules.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const moment = fc.option(fc.constant('2026-11-21T09:30:00.000000Z'))

test('the steps are done up to the last finished one, and at most one is under way', () => {
  fc.assert(
    fc.property(fc.constantFrom(...projectStatuses), moment, moment, moment, (status, drawnAt, builtAt, liveAt) => {
      const states = stepsOf({ status, receivedAt: '2026-11-20T09:30:00.000000Z', drawnAt, builtAt, liveAt }).map(
        (step) => step.state,
      )
      const order = { done: 0, current: 1, waiting: 2 }
      expect(states).toEqual(states.toSorted((a, b) => order[a] - order[b]))
      expect(states[0]).toBe('done')
      expect(states.filter((state) => state === 'current').length).toBeLessThanOrEqual(1)
      if (liveAt) expect(states[3]).toBe('done')
    }),
  )
})

test('work that has begun is shown as under way; a waiting order is not', () => {
  const nothing = { receivedAt: '2026-11-20T09:30:00.000000Z', drawnAt: null, builtAt: null, liveAt: null }
  expect(stepsOf({ ...nothing, status: 'backlog' }).map((step) => step.state)).toEqual([
    'done',
    'waiting',
    'waiting',
    'waiting',
  ])
  expect(stepsOf({ ...nothing, status: 'in_progress' }).map((step) => step.state)).toEqual([
    'done',
    'current',
    'waiting',
    'waiting',
  ])
})

test('a deadline is the package’s number of days later, over the ends of months and years', () => {
  expect(deadlineOf('express', new Date('2026-12-30T23:59:59Z'))).toBe('2027-01-02')
  fc.assert(
    fc.property(
      fc.constantFrom(...packageTypes),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      (type, at) => {
        const days = (Date.parse(deadlineOf(type, at)) - Date.parse(at.toISOString().slice(0, 10))) / 86_400_000
        expect(days).toBe(packages[type].days)
      },
    ),
  )
})

test('order numbers are as long as they need to be', () => {
  expect([1, 42, 9999, 123_456].map(orderNumber)).toEqual(['SC0001', 'SC0042', 'SC9999', 'SC123456'])
})
