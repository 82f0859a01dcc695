import { gameTexts } from '@sparkle/games/texts'

const english = gameTexts('en')

/** An English text of the `games` namespace by its key; a template that names a text we lack is a fault of ours. */
export function gameText(key: string): string {
  const text = english[key]
  if (text === undefined) throw new Error(`The text "games.${key}" is missing.`)
  return text
}
