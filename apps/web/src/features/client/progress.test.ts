import { expect, test } from 'vitest'
import { stepsOf } from './progress.ts'

const progress = { photos: 1, sprites: 0, build: null, liveSlug: null, liveUrl: null }
const shape = (facts: Parameters<typeof stepsOf>[0]) =>
  stepsOf(facts)
    .map(({ state }) => state[0])
    .join('')

test('a game goes its way step by step, and a later step takes the earlier ones along', () => {
  expect(shape({ status: 'backlog', progress })).toBe('dcttt')
  expect(shape({ status: 'in_progress', progress: { ...progress, sprites: 1 } })).toBe('ddctt')
  expect(shape({ status: 'review', progress })).toBe('dddct')
  expect(shape({ status: 'complete', progress })).toBe('ddddc')
  expect(shape({ status: 'in_progress', progress: { ...progress, liveUrl: 'https://x' } })).toBe('ddddd')
})

test('while it rests nothing is under way', () => {
  expect(shape({ status: 'on_hold', progress: { ...progress, sprites: 2 } })).toBe('ddttt')
  expect(shape({ status: 'cancelled' })).toBe('dtttt')
})
