import type { ProjectView } from '@sparkle/shared/projects'
import { updateProjectInput } from '@sparkle/shared/projects'
import { expect, test } from 'vitest'
import { changesOf, overviewForm, valuesOf } from './overview-values.ts'

const project = {
  name: 'Luna',
  description: '',
  petName: 'Luna',
  petBreed: 'Husky',
  petAge: '',
  petPersonality: '',
  customerName: 'Freja',
  customerEmail: null,
  customerPhone: null,
  packageType: 'custom',
  deadline: '2026-12-01',
  estimatedHours: 8,
  budgetHours: null,
  startDate: null,
  actualHours: 1.25,
  gameConfig: { theme: 'space', difficulty: 'medium', features: ['double-speed'] },
  notes: '',
} as unknown as ProjectView
const values = valuesOf(project)

test('only touched fields are sent, and an emptied one clears what was there', () => {
  const changed = { ...values, petAge: '3', customerName: '', deadline: '', estimatedHours: '' }
  const changes = changesOf(changed, { petAge: true, customerName: true, deadline: true, estimatedHours: true })
  expect(changes).toEqual({ petAge: '3', customerName: null, deadline: null, estimatedHours: null })
  expect(updateProjectInput.safeParse(changes).success).toBe(true)
})

test('game wishes travel together, as a list without repetitions', () => {
  const changed = { ...values, features: ' treat-rain, double-speed,, treat-rain' }
  expect(changesOf(changed, { features: true })).toEqual({
    gameConfig: { theme: 'space', difficulty: 'medium', features: ['treat-rain', 'double-speed'] },
  })
})

test('hours may have a comma, but must be quarters of an hour', () => {
  expect(changesOf({ ...values, actualHours: '1,5' }, { actualHours: true })).toEqual({ actualHours: 1.5 })
  expect(overviewForm.safeParse(values).success).toBe(true)
  expect(overviewForm.safeParse({ ...values, actualHours: '1,3' }).success).toBe(false)
  expect(overviewForm.safeParse({ ...values, actualHours: '' }).success).toBe(false)
  expect(overviewForm.safeParse({ ...values, estimatedHours: '' }).success).toBe(true)
})
