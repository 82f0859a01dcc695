import { gameLocales, gameLocaleOf } from '@sparkle/shared/games'
import de from '@sparkle/shared/messages/de/games.json' with { type: 'json' }
import en from '@sparkle/shared/messages/en/games.json' with { type: 'json' }
import es from '@sparkle/shared/messages/es/games.json' with { type: 'json' }
import fr from '@sparkle/shared/messages/fr/games.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { runtimeTextKeys } from './browser/texts.ts'
import { gameTemplates } from './templates.ts'
import { flattenTexts, gameTexts, gameTitle } from './texts.ts'

const own = { en: flattenTexts(en), de: flattenTexts(de), es: flattenTexts(es), fr: flattenTexts(fr) }
const argumentsOf = (text: string) => (text.match(/\{[^}]*\}/g) ?? []).sort()

describe.each(gameLocales)('the texts of games in %s', (locale) => {
  it('have the same keys as the English ones, and the same arguments', () => {
    expect(Object.keys(own[locale]).sort()).toEqual(Object.keys(own.en).sort())
    for (const [key, text] of Object.entries(own.en)) {
      expect(argumentsOf(own[locale][key] ?? ''), key).toEqual(argumentsOf(text))
    }
  })

  it('use no ICU form that a game does not know, and are never empty', () => {
    for (const [key, text] of Object.entries(own[locale])) {
      expect(text.trim(), key).not.toBe('')
      expect(text.replace(/\{\w+\}/g, ''), key).not.toMatch(/[{}']/)
    }
  })

  it('hold all that templates declare', () => {
    for (const template of gameTemplates) {
      const keys = [template.nameKey, template.descriptionKey, ...template.textKeys, ...runtimeTextKeys]
      for (const choice of [...template.features, ...template.themes]) keys.push(choice.nameKey)
      for (const key of keys) expect(own[locale], key).toHaveProperty([key])
    }
  })
})

describe('languages of games', () => {
  it('follow from any tag, and fall back to English', () => {
    expect(['de-AT', 'FR', 'es-419', 'en-GB', 'ja', ''].map(gameLocaleOf)).toEqual(['de', 'fr', 'es', 'en', 'en', 'en'])
    expect(gameTexts('fr')['play.start']).toBe('Jouer')
  })

  it('put names and titles together in their own way', () => {
    expect(gameTitle('en', 'Rex', 'catcher.name')).toBe('Rex: Treat catcher')
    expect(gameTitle('fr', 'Rex', 'catcher.name')).toBe('Rex : Attrape-friandises')
  })
})
