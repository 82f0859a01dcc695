import type { SavedView } from '@sparkle/shared/project-views'
import { expect, test } from 'vitest'
import { readFilters } from './use-project-filters.ts'
import { differs, filtersOf, readColumns, searchOf } from './view-params.ts'
import { isNameTaken } from './views-api.ts'

const view = {
  id: '0190',
  filters: { status: 'review', artist: 'me', due: 'week' },
  layout: 'table',
  sort: 'deadline',
  columns: ['status', 'deadline'],
} as unknown as SavedView

test('a saved view becomes an address, and the address the same view', () => {
  const search = searchOf(view)
  const params = readFilters(search)
  const now = {
    filters: filtersOf(params),
    layout: params.view ?? 'board',
    sort: params.sort,
    columns: readColumns(search.get('columns')),
  }
  expect(now).toEqual({ filters: view.filters, layout: 'table', sort: 'deadline', columns: view.columns })
  expect(differs(view, now)).toBe(false)
  expect(differs(view, { ...now, sort: 'petName' })).toBe(true)
  expect(differs(view, { ...now, columns: null })).toBe(true)
})

test('columns nobody knows are left out', () => {
  expect(readColumns('deadline,secret,status')).toEqual(['status', 'deadline'])
  expect(readColumns(null)).toBeNull()
})

test('a name is taken by another view, however it is written', () => {
  const views = [{ id: 'a', name: 'Late ones' }]
  expect(isNameTaken(views, ' late Ones ', null)).toBe(true)
  expect(isNameTaken(views, 'Late ones', { id: 'a' })).toBe(false)
  expect(isNameTaken(views, 'Late', null)).toBe(false)
})
