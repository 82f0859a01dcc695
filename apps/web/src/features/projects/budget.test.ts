import { expect, test } from 'vitest'
import { burnOf } from './budget.ts'

test.each([
  [
    { actualHours: 0, estimatedHours: null, budgetHours: null },
    { state: 'none', spent: 0, budget: null },
  ],
  [
    { actualHours: 2, estimatedHours: 6, budgetHours: 8 },
    { state: 'fine', spent: 0.25, forecast: 0.75, budget: 1 },
  ],
  [
    { actualHours: 7, estimatedHours: null, budgetHours: 8 },
    { state: 'close', leftHours: 1 },
  ],
  [
    { actualHours: 2, estimatedHours: 10, budgetHours: 8 },
    { state: 'close', forecast: 1, budget: 0.8 },
  ],
  [
    { actualHours: 10, estimatedHours: 6, budgetHours: 8 },
    { state: 'over', expectedHours: 10, leftHours: -2 },
  ],
])('%o', (hours, burn) => {
  expect(burnOf(hours)).toMatchObject(burn)
})
