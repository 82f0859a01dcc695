import { expect, test } from 'vitest'
import { readFilters, toApiFilter } from './use-project-filters.ts'

const today = '2026-11-21'

test('an address becomes the filters of the API', () => {
  const params = readFilters(
    new URLSearchParams('status=review&artist=me&priority=high&package=express&due=week&q= luna '),
  )
  expect(toApiFilter(params, today)).toEqual({
    status: 'review',
    assignedTo: 'me',
    priority: 'high',
    packageType: 'express',
    deadlineBefore: '2026-11-29',
    q: 'luna',
  })
})

test('words an address should not hold count as nothing', () => {
  const params = readFilters(new URLSearchParams('status=gone&artist=<b>&due=ever&sort=random&deleted=yes'))
  expect(toApiFilter(params, today)).toEqual({})
  expect(params.sort).toBe('-createdAt')
})
