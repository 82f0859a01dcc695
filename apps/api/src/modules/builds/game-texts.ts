import { flattenTexts } from '@sparkle/games/texts'
import { en } from '@sparkle/shared/messages/en'
import { createTranslator } from 'use-intl/core'

/** The games' texts, flat, as the builder embeds them. */
export const gameTexts: Readonly<Record<string, string>> = flattenTexts(en.games)

const translate = createTranslator({ locale: 'en', messages: en, namespace: 'builds' })

/** A text of the `games` namespace by its key; a template that names a text we lack is a fault of ours. */
export function gameText(key: string): string {
  const text = gameTexts[key]
  if (text === undefined) throw new Error(`The text "games.${key}" is missing.`)
  return text
}

export function gameTitle(petName: string, templateNameKey: string): string {
  return translate('gameTitle', { petName, game: gameText(templateNameKey) })
}
