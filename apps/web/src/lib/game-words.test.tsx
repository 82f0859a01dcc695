import type { TemplateView } from '@sparkle/shared/builds'
import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useGameWords } from './game-words.ts'
import { I18n } from './i18n.tsx'

const templates = [
  { id: 'catcher', name: 'Treat catcher', themes: [], features: [{ id: 'treat-rain', name: 'Treat rain at the end' }] },
  { id: 'runner', name: 'Pet runner', themes: [{ id: 'snow', name: 'Snow' }], features: [] },
] as unknown as TemplateView[]

test('games, features, worlds and languages have names, a wish that no game knows stays as it was written', () => {
  const { result } = renderHook(() => useGameWords(templates), { wrapper: I18n })
  const { game, option, wish } = result.current
  expect([game('runner'), game('own-html5'), game('gone')]).toEqual(['Pet runner', 'A game of your own', 'gone'])
  expect(option('features', 'treat-rain')).toBe('Treat rain at the end')
  expect([option('theme', 'snow'), option('difficulty', 'hard'), option('locale', 'fr')]).toEqual([
    'Snow',
    'Hard',
    'français',
  ])
  expect(option('petName', 'snow')).toBe('snow')
  expect([wish('treat-rain'), wish('pirates')]).toEqual(['Treat rain at the end', 'pirates'])
})
