import { catcherTemplate as catcher } from '@sparkle/games/templates/catcher/config'
import type { TemplateView } from '@sparkle/shared/builds'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { configToSend, fieldsOf, startConfig, unmetWishes } from './config-fields.ts'

/** The real template, as the API describes it. */
const template: TemplateView = {
  id: catcher.id,
  name: 'Treat catcher',
  description: '',
  version: catcher.version,
  configSchema: z.toJSONSchema(catcher.configSchema, { io: 'input' }) as Record<string, unknown>,
  defaults: { ...catcher.defaults },
  themes: catcher.themes.map(({ id }) => ({ id, name: id })),
  difficulties: [...catcher.difficulties],
  features: catcher.features.map(({ id }) => ({ id, name: id })),
  slots: [],
}

test('every setting of the template gets a control', () => {
  expect(fieldsOf(template).map(({ key, kind }) => [key, kind])).toEqual([
    ['petName', 'text'],
    ['theme', 'choice'],
    ['difficulty', 'choice'],
    ['locale', 'choice'],
    ['features', 'choices'],
    ['durationSeconds', 'number'],
  ])
})

test('the form starts with the wishes it can fulfil and names the others', () => {
  const wishes = { theme: 'pirates', difficulty: 'hard' as const, features: ['power-ups', 'rainbow'] }
  const config = startConfig(template, wishes, 'Luna')
  expect(config).toMatchObject({ petName: 'Luna', theme: 'garden', difficulty: 'hard', features: ['power-ups'] })
  expect(catcher.configSchema.safeParse(config).success).toBe(true)
  expect(unmetWishes(template, wishes)).toEqual(['pirates', 'rainbow'])
})

test("the form starts with the language of the studio, which comes as the template's default", () => {
  const german = { ...template, defaults: { ...template.defaults, locale: 'de' } }
  const wishes = { difficulty: 'medium' as const, features: [] }
  expect(startConfig(german, wishes, 'Luna').locale).toBe('de')
})

test('an emptied setting is left to the API', () => {
  expect(configToSend({ petName: '', durationSeconds: Number.NaN, theme: 'snow', features: [] })).toEqual({
    theme: 'snow',
    features: [],
  })
})

test('schemas that no form knows are left out', () => {
  const configSchema = { properties: { nested: { type: 'object' }, free: { type: 'number' }, on: { type: 'boolean' } } }
  expect(fieldsOf({ configSchema })).toEqual([{ key: 'on', kind: 'switch' }])
})
