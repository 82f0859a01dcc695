import { z } from 'zod'
import { text } from './text.ts'

export const difficulties = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof difficulties)[number]

/** The languages a game can speak; English is what every other one falls back to. */
export const gameLocales = ['en', 'de', 'es', 'fr'] as const
export type GameLocale = (typeof gameLocales)[number]

/** The language of games for a BCP 47 tag such as a studio's `de-AT`: the tag's own language, else English. */
export function gameLocaleOf(tag: string): GameLocale {
  const language = tag.toLowerCase().split('-')[0]
  return gameLocales.find((locale) => locale === language) ?? 'en'
}

/** What the customer wishes of the game; a template fulfils what it can and lists the rest. */
export const gameWishes = z.object({
  theme: text(40).optional(),
  difficulty: z.enum(difficulties).default('medium'),
  features: z.array(text(40)).max(20).default([]),
})
export type GameWishes = z.infer<typeof gameWishes>

export const packageTypes = ['express', 'custom', 'premium'] as const
export type PackageType = (typeof packageTypes)[number]
