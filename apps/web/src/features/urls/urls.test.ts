import type { BuildView } from '@sparkle/shared/builds'
import { slugPattern } from '@sparkle/shared/text'
import { expect, test } from 'vitest'
import { differences } from './differences.ts'
import { toSlug } from './slug-field.tsx'

test.each([
  ['Sir Fluffington', 'sir-fluffington'],
  ['  Müsli & Co.', 'musli-co-'],
  ['-tail', 'tail'],
  ['x'.repeat(60), 'x'.repeat(40)],
])('%j is typed as %j', (typed, slug) => {
  expect(toSlug(typed)).toBe(slug)
})

test('a finished word is an address', () => {
  expect(slugPattern.test(toSlug('Élodie 2'))).toBe(true)
})

const build = (config: Record<string, unknown>, assets: Record<string, string>) =>
  ({ templateId: 'catcher', templateVersion: '1.0.0', config, assets }) as BuildView

test('two builds differ in what a player would notice', () => {
  const from = build({ theme: 'garden', features: ['b', 'a'], durationSeconds: 60 }, { pet: '1' })
  const to = build({ theme: 'snow', features: ['a', 'b'], durationSeconds: 60 }, { pet: '2' })
  expect(differences(from, to)).toEqual([
    { what: 'theme', before: ['garden'], after: ['snow'] },
    { what: 'assets', before: [], after: [] },
  ])
  expect(differences(from, from)).toEqual([])
})

test('between two games only the settings that both know are compared', () => {
  const from = build({ locale: 'en', durationSeconds: 180 }, {})
  const to = { ...build({ locale: 'fr', rounds: 3 }, {}), templateId: 'memory' }
  expect(differences(from, to)).toEqual([
    { what: 'template', before: ['catcher', '1.0.0'], after: ['memory', '1.0.0'] },
    { what: 'locale', before: ['en'], after: ['fr'] },
  ])
})
