import type { GameLocale } from '@sparkle/shared/games'
import de from '@sparkle/shared/messages/de/games.json' with { type: 'json' }
import en from '@sparkle/shared/messages/en/games.json' with { type: 'json' }
import es from '@sparkle/shared/messages/es/games.json' with { type: 'json' }
import fr from '@sparkle/shared/messages/fr/games.json' with { type: 'json' }

interface MessageTree {
  readonly [key: string]: string | MessageTree
}

const messages: Record<GameLocale, MessageTree> = { en, de, es, fr }

/**
 * The `games` namespace of a language as flat keys (`play.start`), as `buildGame` takes them. What a language lacks is
 * English, so that a half-translated game still speaks.
 */
export function gameTexts(locale: GameLocale): Readonly<Record<string, string>> {
  return { ...flattenTexts(en), ...flattenTexts(messages[locale]) }
}

/** What a game is called: the pet's name with the template's, as the language puts them together. */
export function gameTitle(locale: GameLocale, petName: string, templateNameKey: string): string {
  const texts = gameTexts(locale)
  const parts: Record<string, string> = { petName, game: texts[templateNameKey] ?? templateNameKey }
  return (texts['title'] ?? '{petName}').replace(/\{(\w+)\}/g, (whole, part: string) => parts[part] ?? whole)
}

/** Turns a nested namespace into flat keys: `{play: {go}}` to `play.go`. */
export function flattenTexts(tree: MessageTree, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value]]
        : Object.entries(flattenTexts(value, `${prefix}${key}.`)),
    ),
  )
}
