import { describe, expect, it } from 'vitest'
import { completeConfig, InvalidConfigError } from './complete-config.ts'
import { demoTemplateIds } from './demo.ts'
import { findTemplate, gameTemplates } from './templates.ts'
import { gameTexts } from './texts.ts'

const catcher = findTemplate('catcher')!

describe('templates', () => {
  it('have valid defaults and a name in the message store for all they offer', () => {
    for (const template of gameTemplates) {
      expect(template.configSchema.parse(template.defaults)).toEqual(template.defaults)
      const keys = [template, ...template.features, ...template.themes].map((choice) => choice.nameKey)
      for (const key of [...keys, template.descriptionKey]) expect(gameTexts('en')).toHaveProperty([key])
    }
  })

  it('all play themselves in the gallery', () => {
    expect([...demoTemplateIds].sort()).toEqual(gameTemplates.map(({ id }) => id).sort())
  })

  it('are found by id, and nothing else is', () => {
    expect(findTemplate('catcher')?.id).toBe('catcher')
    expect(findTemplate('__proto__')).toBeUndefined()
  })
})

const facts = { petName: 'Chelsea', locale: 'en' } as const

describe('completeConfig', () => {
  it('fills an empty config from the defaults', () => {
    const { config, unmetWishes } = completeConfig(catcher, {}, {}, facts)
    expect(config).toEqual({ ...catcher.defaults, petName: 'Chelsea' })
    expect(unmetWishes).toEqual([])
  })

  it('takes the wishes that the template knows and lists the others', () => {
    const wishes = { theme: 'pirates', difficulty: 'hard', features: ['power-ups', 'dragons', 'power-ups'] }
    const { config, unmetWishes } = completeConfig(catcher, {}, wishes, facts)
    expect(config).toMatchObject({ theme: 'garden', difficulty: 'hard', features: ['power-ups'] })
    expect(unmetWishes).toEqual(['theme:pirates', 'feature:dragons'])
  })

  it("speaks the studio's language unless staff chose another", () => {
    const german = { ...facts, locale: 'de' } as const
    expect(completeConfig(catcher, {}, {}, german).config.locale).toBe('de')
    expect(completeConfig(catcher, { locale: 'fr' }, {}, german).config.locale).toBe('fr')
  })

  it('lets staff overrule a wish', () => {
    const { config } = completeConfig(catcher, { theme: 'snow', durationSeconds: 90 }, { theme: 'space' }, facts)
    expect(config).toMatchObject({ theme: 'snow', durationSeconds: 90 })
  })

  it('refuses what the schema refuses, naming the field', () => {
    const bad = [
      { durationSeconds: 5 },
      { theme: 'pirates' },
      { speed: 3 },
      { features: ['power-ups', 'power-ups'] },
      { petName: '\u0000' },
    ]
    for (const partial of bad) {
      expect(() => completeConfig(catcher, partial, {}, facts)).toThrow(InvalidConfigError)
    }
    try {
      completeConfig(catcher, { durationSeconds: 5 }, {}, facts)
    } catch (error) {
      expect(error instanceof InvalidConfigError && error.issues[0]?.path).toEqual(['durationSeconds'])
    }
  })
})
